import { z } from 'zod';

/** A message on its way to the sockets of a stream. `data` is JSON text straight from PostgreSQL: parsed by nobody. */
export type Frame = LogEventFrame | StateOfFrame;

export interface LogEventFrame {
  class: 'log';
  stream: string;
  epoch: string;
  seq: number;
  name: string;
  at: string;
  data: string;
}

export interface StateOfFrame {
  class: 'state';
  stream: string;
  name: string;
  /** Frames of one name and key replace each other. */
  key: string;
  version: number;
  at: string;
  data: string;
}

/** How many sockets of one node watch a campaign and how many type, for the other nodes that show it. */
export interface PresenceReport {
  class: 'presence';
  stream: string;
  node: string;
  viewers: number;
  typing: number;
  /** By which the node versions what it shows, in ms: versions must not fall for who moves from node to node. */
  clock: number;
}

/** By bucket of server/live/latencies.ts: for how many sockets it was that. */
export type BucketCounts = [bucket: number, sockets: number][];

/** What one node measured of a log event's way to its sockets, for the nodes where somebody is to be told. */
export interface FanoutReport {
  class: 'fanout';
  stream: string;
  epoch: string;
  seq: number;
  name: string;
  node: string;
  /** Who is told, and of which comment. That user's own sockets are not counted. */
  about: { userId: number; campaignId: number; commentId: number };
  latencies: BucketCounts;
}

/** What nodes tell each other about a stream, beside its frames. */
export type Report = FanoutReport | PresenceReport | RemovalReport;

/** How a removed comment leaves one node's screens, for the nodes where a desk is open. */
export interface RemovalReport {
  class: 'removal';
  stream: string;
  node: string;
  about: { campaignId: number; commentId: number };
  /** When it was removed: another removal of the same comment is another report. */
  at: string;
  /** How many drew it. */
  screens: number;
  /** Of those that are rid of it, how long after the removal. */
  latencies: BucketCounts;
}

const text = z.string();
const whole = z.number().int();
const ofStream = { stream: text, at: text, name: text, data: text };
const message = z.discriminatedUnion('class', [
  z.object({ class: z.literal('log'), ...ofStream, epoch: text, seq: whole }),
  z.object({ class: z.literal('state'), ...ofStream, key: text, version: z.number() }),
  z.object({
    class: z.literal('presence'),
    stream: text,
    node: text,
    viewers: whole,
    typing: whole,
    clock: z.number(),
  }),
  z.object({
    class: z.literal('fanout'),
    stream: text,
    epoch: text,
    seq: whole,
    name: text,
    node: text,
    about: z.object({ userId: z.number(), campaignId: z.number(), commentId: z.number() }),
    latencies: z.array(z.tuple([z.number(), z.number()])),
  }),
  z.object({
    class: z.literal('removal'),
    stream: text,
    node: text,
    about: z.object({ campaignId: z.number(), commentId: z.number() }),
    at: text,
    screens: whole,
    latencies: z.array(z.tuple([z.number(), z.number()])),
  }),
]);

/** What came over the bus; null when it is none of ours. */
export function readMessage(sent: string): Frame | Report | null {
  try {
    return message.parse(JSON.parse(sent));
  } catch {
    return null;
  }
}
