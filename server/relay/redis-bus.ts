import { Redis } from 'ioredis';
import type { Log } from '../platform/log.ts';
import type { Bus, Report } from './bus.ts';
import type { Frame } from './frame.ts';

/**
 * Frames over Redis 7 sharded pub/sub, one channel a stream, under a prefix that nodes of another database don't have. The publishing client fails fast (no offline queue, no
 * retries, 1 s a command): a dead Redis must never hold up delivery to this node's own sockets, so those get each frame
 * at once and the copy that comes back from Redis is dropped by its seq or version.
 */
export function createRedisBus(url: string, prefix: string, log: Log): Bus {
  const heartChannel = `${prefix}:heart`;
  const channelOf = (stream: string) => `${prefix}:stream:${stream}`;
  const publisher = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 1_000,
    retryStrategy: jittered,
  });
  const subscriber = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: jittered });
  for (const [role, client] of Object.entries({ publisher, subscriber })) {
    client.on('error', (error: Error) => log.debug({ redis: role, cause: error.message }, 'a Redis connection failed'));
  }

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
  subscriber.on('smessage', (_channel: string, message: string) => deliver(JSON.parse(message)));
  subscriber.on('message', () => {
    for (const listener of beatListeners) listener();
  });
  void subscriber.subscribe(heartChannel).catch(() => {});

  return {
    publish: send,
    report: send,
    async watch(stream) {
      // While Redis is away the subscription is made when it is back; the room reads from the database until then.
      const subscribed = subscriber
        .ssubscribe(channelOf(stream))
        .then(() => {})
        .catch(() => {});
      await Promise.race([subscribed, new Promise<void>((resolve) => setTimeout(resolve, 250).unref())]);
    },
    unwatch: (stream) => void subscriber.sunsubscribe(channelOf(stream)).catch(() => {}),
    beat: () => void publisher.publish(heartChannel, '').catch(() => {}),
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

function jittered(attempt: number): number {
  return Math.random() * Math.min(1_000, 50 * 2 ** attempt);
}
