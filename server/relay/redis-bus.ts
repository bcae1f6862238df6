import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { settleWithin } from '../platform/settle-within.ts';
import type { Bus } from './bus.ts';
import { type Frame, type Report, readMessage } from './frame.ts';

/**
 * Nothing waits for a dead Redis and nothing piles up before a hung one: a command without a connection fails at once, one
 * without an answer for two seconds ends the connection and all that waits on it, and none is sent twice.
 */
const failFast: RedisOptions = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  socketTimeout: 2_000,
  retryStrategy: (attempt) => Math.random() * Math.min(1_000, 50 * 2 ** attempt),
};

interface RedisBusOptions {
  url: string;
  /** Of every channel: nodes of another database on the same Redis have another. */
  prefix: string;
  log: Log;
  metrics: Pick<Metrics, 'busRejected'>;
}

/**
 * Frames over Redis 7 sharded pub/sub, one channel a stream. A dead Redis must never hold up delivery to this node's own
 * sockets, so those get each frame at once and the copy that comes back from Redis is dropped by its seq or version.
 */
export function createRedisBus({ url, prefix, log, metrics }: RedisBusOptions): Bus {
  const heartChannel = `${prefix}:heart`;
  const channelOf = (stream: string) => `${prefix}:stream:${stream}`;
  const publisher = new Redis(url, { ...failFast, commandTimeout: 1_000 });
  const subscriber = new Redis(url, { ...failFast, autoResubscribe: false });
  for (const [role, client] of Object.entries({ publisher, subscriber })) {
    client.on('error', (error: Error) => log.debug({ redis: role, cause: error.message }, 'a Redis connection failed'));
  }

  const watched = new Set<string>();
  const frameListeners: ((frame: Frame) => void)[] = [];
  const reportListeners: ((report: Report) => void)[] = [];
  const beatListeners: (() => void)[] = [];
  const deliver = (message: Frame | Report) => {
    if (message.class === 'log' || message.class === 'state') for (const listener of frameListeners) listener(message);
    else for (const listener of reportListeners) listener(message);
  };
  const send = (message: Frame | Report) => {
    deliver(message);
    void publisher.spublish(channelOf(message.stream), JSON.stringify(message)).catch(() => {});
  };
  subscriber.on('smessage', (_channel: string, text: string) => {
    const message = readMessage(text);
    if (message) deliver(message);
    else metrics.busRejected.inc(); // of a node of another version, or of somebody else: rooms read what they miss
  });
  subscriber.on('message', () => {
    for (const listener of beatListeners) listener();
  });
  const listenTo = (stream: string) => subscriber.ssubscribe(channelOf(stream)).then(ignore, ignore);
  // What is to be heard is kept here and not in the client's queue; while Redis is away rooms read from the database.
  subscriber.on('ready', () => {
    void subscriber.subscribe(heartChannel).then(ignore, ignore);
    for (const stream of watched) void listenTo(stream);
  });

  return {
    publish: send,
    report: send,
    async watch(stream) {
      watched.add(stream);
      if (subscriber.status === 'ready') await settleWithin(listenTo(stream), 250);
    },
    unwatch(stream) {
      watched.delete(stream);
      if (subscriber.status === 'ready') void subscriber.sunsubscribe(channelOf(stream)).then(ignore, ignore);
    },
    beat: () => void publisher.publish(heartChannel, '').then(ignore, ignore),
    onFrame: (listener) => void frameListeners.push(listener),
    onReport: (listener) => void reportListeners.push(listener),
    onBeat: (listener) => void beatListeners.push(listener),
    fault: () => (publisher.status === 'ready' && subscriber.status === 'ready' ? null : 'redis can not be reached'),
    async stop() {
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

const ignore = () => {};
