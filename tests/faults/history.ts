/*
 * What happened, as plain data: what writers were told, what each watcher's wire brought, and what the database holds in
 * the end, when nobody writes any more. `violations` says which promises of the contract that breaks; it knows nothing
 * of servers or sockets, so that its own tests can feed it every kind of lie.
 */
import { wireViolations } from './history-wire.ts';
import { writeViolations } from './history-writes.ts';

export interface Position {
  epoch: string;
  seq: number;
}

/** `body` is all that the event says, as one text: compared as a whole. */
export interface LogEntry {
  seq: number;
  name: string;
  body: string;
}

/** The newest value of one thing: `campaign:counters`, or `comment:counters 7`. */
export interface StateEntry {
  key: string;
  version: number;
  body: string;
}

/** One connection after the other, in the order in which a watcher's socket brought it. `at` is in milliseconds. */
export type Wire = { at: number } & (
  | { kind: 'asked'; position: Position | null }
  | {
      kind: 'answered';
      mode: 'live' | 'replayed' | 'reset';
      epoch: string;
      seq: number;
      events: LogEntry[];
      states: StateEntry[];
    }
  | { kind: 'event'; epoch: string; entry: LogEntry }
  | { kind: 'state'; state: StateEntry }
  /** The connection ended. */
  | { kind: 'lost' }
);

export interface Watched {
  name: string;
  wire: Wire[];
}

/** A client with a reducer: what is on its glass, a line a thing. */
export interface Shown {
  name: string;
  glass: string[];
}

export type Acknowledged =
  | { what: 'comment'; nonce: string; id: number; text: string }
  | { what: 'edit'; id: number; text: string }
  | { what: 'removal'; id: number }
  | { what: 'reaction'; key: string; on: boolean }
  | { what: 'share'; id: number; by: number }
  | { what: 'impression'; eventId: string };

export interface Writes {
  acknowledged: Acknowledged[];
  /** Nonces of what was sent and broke off, by somebody who can't ask again: it may be there, once. */
  uncertain: string[];
  /** Answers that nobody should have got. */
  refused: string[];
}

export interface Database {
  epoch: string;
  head: number;
  log: LogEntry[];
  states: StateEntry[];
  comments: { id: number; nonce: string; text: string; removed: boolean }[];
  /** A key for each row, so that a doubled row is seen. */
  reactions: string[];
  shares: { id: number; by: number }[];
  impressions: string[];
  /** What a client that sees everything shows. */
  glass: string[];
}

export interface History {
  writes: Writes;
  watched: Watched[];
  shown: Shown[];
  database: Database;
}

export type Kind =
  | 'lost write'
  | 'doubled write'
  | 'phantom row'
  | 'not as acknowledged'
  | 'refused'
  | 'gap'
  | 'duplicate'
  | 'out of order'
  | 'other event'
  | 'wrong epoch'
  | 'false answer'
  | 'reset'
  | 'ends behind'
  | 'state forked'
  | 'state from nowhere'
  | 'state differs'
  | 'glass differs';

export interface Violation {
  kind: Kind;
  who: string;
  what: string;
}

export function violations({ writes, watched, shown, database }: History): Violation[] {
  return [
    ...writeViolations(writes, database),
    ...watched.flatMap((one) => wireViolations(one, database)),
    ...shown.flatMap((one) => glassViolations(one, database)),
  ];
}

function glassViolations({ name, glass }: Shown, database: Database): Violation[] {
  const [has, should] = [new Set(glass), new Set(database.glass)];
  const lines = [
    ...glass.filter((line) => !should.has(line)).map((line) => `shows ${line}`),
    ...database.glass.filter((line) => !has.has(line)).map((line) => `does not show ${line}`),
  ];
  if (lines.length === 0 && glass.join('\n') !== database.glass.join('\n')) lines.push('shows it in another order');
  return lines.map((what) => ({ kind: 'glass differs', who: name, what }));
}
