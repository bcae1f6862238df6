/**
 * The relay: from the outbox to the bus. Only the leader runs it. It keeps no position of its own:
 *   1. claim:   unsent rows of the outbox (skip locked), with the log events they stand for
 *   2. publish: log events at once, in the order of their seq
 *   3. commit:  the claimed rows are gone; had this node died before, another would send them again
 *   4. tick:    states of streams that moved, absolute values, at most every 100 ms a stream; the first change after quiet
 *               goes at once, and the last one always goes, since a stream stays due until its states were read
 */
import { startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { inTransaction } from '../platform/transaction.ts';
import type { Bus } from './bus.ts';
import { readStates } from './states.ts';

const claimSize = 1_000;
const stateIntervalMs = 100;
const busyPauseMs = 10;

export interface Relay {
  /** Something may be in the outbox. */
  wake(): void;
  stop(): Promise<void>;
}

interface RelayOptions {
  pool: Pool;
  bus: Bus;
  isLeader: () => boolean;
  /** How long ago that was by PostgreSQL's clock. */
  ageMs: (at: Date) => number;
  log: Log;
  metrics: Metrics;
}

interface ClaimedRow {
  stream: string;
  after_version: number;
  since: Date;
  epoch: string;
  seq: number | null;
  name: string;
  at: string;
  data: string;
  /** Rows of the outbox that this claim took. */
  claimed: number;
}

export function startRelay({ pool, bus, isLeader, ageMs, log, metrics }: RelayOptions): Relay {
  /** Streams whose states are to be sent, with the version from which on. */
  const due = new Map<string, number>();
  const sentAt = new Map<string, number>();
  let tick: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let workedAt = 0;

  const publishLog = (rows: ClaimedRow[]) => {
    for (const { stream, epoch, seq, name, at, data } of rows) {
      if (seq === null) continue;
      bus.publish({ class: 'log', stream, epoch, seq, name, at, data });
      metrics.relayed.inc({ class: 'log' });
    }
  };
  const markDue = (rows: ClaimedRow[]) => {
    for (const { stream, after_version } of rows) {
      const before = due.get(stream);
      if (before !== undefined) metrics.conflated.inc();
      due.set(stream, Math.min(before ?? after_version, after_version));
    }
  };

  /** One claim; says whether there may be more. */
  const claim = async (): Promise<boolean> => {
    const rows = await inTransaction(pool, async (client) => {
      const claimed = await client.query<ClaimedRow>({
        name: 'claim_outbox',
        text: 'select * from claim_outbox($1)',
        values: [claimSize],
      });
      publishLog(claimed.rows);
      return claimed.rows;
    });
    markDue(rows);
    if (rows.length > 0) metrics.commitToEmit.observe(Math.max(0, ageMs(oldestOf(rows))) / 1_000);
    return (rows[0]?.claimed ?? 0) === claimSize;
  };

  const sendStates = async () => {
    clearTimeout(tick);
    const now = performance.now();
    const ready = [...due].filter(
      ([stream]) => now - (sentAt.get(stream) ?? Number.NEGATIVE_INFINITY) >= stateIntervalMs,
    );
    for (const [stream] of ready) {
      due.delete(stream);
      sentAt.set(stream, now);
    }
    try {
      for (const frame of await readStates(pool, ready)) {
        bus.publish(frame);
        metrics.relayed.inc({ class: 'state' });
      }
    } catch (error) {
      for (const [stream, version] of ready) due.set(stream, Math.min(due.get(stream) ?? version, version));
      throw error;
    }
    forgetQuiet(now);
    if (due.size > 0) tick = setTimeout(() => loop.wake(), stateIntervalMs / 4);
  };
  const forgetQuiet = (now: number) => {
    for (const [stream, at] of sentAt) if (now - at > 10 * stateIntervalMs) sentAt.delete(stream);
  };

  const work = async () => {
    if (!isLeader()) return due.clear();
    workedAt = performance.now();
    for (let more = true; more; ) {
      more = await claim();
      if (due.size > 0) await sendStates();
    }
  };

  const wakeSoon = () => {
    soon = undefined;
    loop.wake();
  };
  // The poll is the safety net for a lost NOTIFY, never the way frames usually come.
  const loop = startLoop({ name: 'relay', everyMs: 1_000, log, work });
  return {
    // Quiet: at once. Busy: hints come with every commit, and one claim takes what several of them announced.
    wake() {
      if (performance.now() - workedAt >= busyPauseMs) loop.wake();
      else soon ??= setTimeout(wakeSoon, busyPauseMs);
    },
    async stop() {
      clearTimeout(tick);
      clearTimeout(soon);
      await loop.stop();
      clearTimeout(tick);
    },
  };
}

const oldestOf = (rows: ClaimedRow[]): Date =>
  rows.reduce((least, { since }) => (since < least ? since : least), new Date(8.64e15));
