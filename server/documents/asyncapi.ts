import { z } from 'zod';
import {
  authExpiredNotice,
  authExpiringNotice,
  authRefreshRequest,
  type LogEventName,
  logEvents,
  refusal,
  renderedRequest,
  type StateEventName,
  stateEvents,
  streamClosedNotice,
  streams,
  subscribeAnswer,
  subscribeRequest,
  typingRequest,
  unsubscribeRequest,
} from '../contract/live.ts';
import { timeSchema } from '../contract/primitives.ts';
import { JsonSchemas } from './json-schema.ts';

const accepted = z.object({ ok: z.literal(true) });

/** What a client can say, and what it is answered when it is not refused. */
const messages = {
  subscribe: [subscribeRequest, subscribeAnswer],
  unsubscribe: [unsubscribeRequest, accepted],
  typing: [typingRequest, accepted],
  rendered: [renderedRequest, accepted],
  'auth:refresh': [authRefreshRequest, accepted],
} satisfies Record<string, [z.ZodType, z.ZodType]>;

const notices = {
  'auth:expiring': authExpiringNotice,
  'auth:expired': authExpiredNotice,
  'stream:closed': streamClosedNotice,
  'server:draining': z.object({ reconnectInMs: z.int().min(0) }),
};

const logFrame = (data: z.ZodType) =>
  z.object({ stream: z.string(), epoch: z.string(), seq: z.int().min(1), at: timeSchema, data });
const stateFrame = (data: z.ZodType) =>
  z.object({ stream: z.string(), version: z.number(), seq: z.int().min(0), at: timeSchema, data });

/** The live side as an AsyncAPI 3.0 document, from the schemas that server and client share. */
export function asyncApiOf(version: string): object {
  const schemas = new JsonSchemas();
  const described: Record<string, object> = {};
  const message = (name: string, payload: z.ZodType, io: 'input' | 'output') => {
    const key = name.replace(':', '-');
    described[key] = { name, title: name, payload: io === 'input' ? schemas.input(payload) : schemas.output(payload) };
    return [key, { $ref: `#/components/messages/${key}` }] as const;
  };
  const channels: Record<string, object> = {};
  const operations: Record<string, object> = {};
  const channel = (key: string, address: string | null, description: string, held: (readonly [string, object])[]) => {
    channels[key] = { address, description, messages: Object.fromEntries(held) };
  };
  const operation = (
    key: string,
    action: 'send' | 'receive',
    channelKey: string,
    keys: string[],
    more: object = {},
  ) => {
    operations[key] = {
      action,
      channel: { $ref: `#/channels/${channelKey}` },
      messages: keys.map((one) => ({ $ref: `#/channels/${channelKey}/messages/${one}` })),
      ...more,
    };
  };

  for (const [stream, { who, log, state }] of Object.entries(streams)) {
    const key = stream.split(':')[0] ?? stream;
    const held = [
      ...log.map((name: LogEventName) => message(name, logFrame(logEvents[name]), 'output')),
      ...state.map((name: StateEventName) => message(name, stateFrame(stateEvents[name]), 'output')),
    ];
    channel(key, stream, `For ${who}. Log events: ${log.join(', ')}; states: ${state.join(', ')}.`, held);
    operation(
      `${key}Events`,
      'send',
      key,
      held.map(([one]) => one),
    );
  }

  const said = Object.entries(messages).map(([name, [request]]) => message(name, request, 'input'));
  const answers = [
    ...Object.entries(messages).map(([name, [, answer]]) => message(`${name}:answer`, answer, 'output')),
    message('refusal', refusal, 'output'),
  ];
  const told = Object.entries(notices).map(([name, notice]) => message(name, notice, 'output'));
  channel('socket', null, 'The socket itself, whatever it subscribed to', [...said, ...answers, ...told]);
  for (const name of Object.keys(messages)) {
    const key = name.replace(':', '-');
    operation(key, 'receive', 'socket', [key], {
      reply: {
        channel: { $ref: '#/channels/socket' },
        messages: [`${name}:answer`.replace(':', '-'), 'refusal'].map((one) => ({
          $ref: `#/channels/socket/messages/${one}`,
        })),
      },
    });
  }
  operation(
    'notices',
    'send',
    'socket',
    told.map(([one]) => one),
  );

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Campaign Pulse, live',
      version,
      description:
        'Socket.IO 4 on the default path and namespace; the handshake takes `auth: {token?}`. Log events are ordered, ' +
        'complete and replayable by epoch and seq; states are absolute values with a version, of which the newest wins.',
    },
    servers: { here: { host: '{host}', pathname: '/socket.io', protocol: 'ws', variables: { host: {} } } },
    channels,
    operations,
    components: { messages: described, schemas: schemas.components },
  };
}
