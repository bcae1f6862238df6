import { startLoop } from '../background-loop.ts';
import type { Pool } from '../db.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Principal } from './principal.ts';

const everyMs = 400;
/** Also finds what was deleted, and what a restored database no longer holds. */
const readAllEveryMs = 60_000;
/** Of a long list so much at once: rows are parsed in one go, and nothing else runs meanwhile. */
const page = 2_000;

/** What has been taken from users before their tokens end, as this node knows it: at most half a second old. */
export interface AccessList {
  /** The token was issued before all of its user's were revoked, or does not say when. */
  revokes(who: Principal): boolean;
  /** The user's sockets may hold no private streams at present. */
  bars(userId: number): boolean;
  /** Hears of users for whom something has changed. */
  onChange(listener: (userIds: number[]) => void): void;
  stop(): Promise<void>;
}

/** In ms since 1970. */
interface Taken {
  tokensFrom: number | null;
  barredUntil: number | null;
}

interface AccessRow extends Taken {
  userId: number | null;
  /** Transactions from this one on may not all have been seen. */
  seenUpto: string;
}

/**
 * Every node polls, and nothing else: it needs neither Redis nor LISTEN, so nothing that may be dead delays it. One
 * question of an index, 2.5 a second. Who asks the list pays one look into a map (100 bytes a user in memory).
 */
export async function startAccessList(pool: Pool, log: Log, metrics: Metrics): Promise<AccessList> {
  const taken = new Map<number, Taken>();
  const listeners: ((userIds: number[]) => void)[] = [];
  let seenUpto = '0';
  let allReadAt = Number.NEGATIVE_INFINITY;

  const readAll = async () => {
    const present = new Set<number>();
    // What changes while we page is found by the position that the first page was read at.
    let upto: string | undefined;
    for (let last: number | null = 0; last !== null; ) {
      const rows = await readPage(pool, last);
      upto ??= rows[0]?.seenUpto;
      for (const { userId } of rows) if (userId !== null) present.add(userId);
      take(rows);
      last = rows.length < page ? null : (rows.at(-1)?.userId ?? null);
    }
    const gone = [...taken.keys()].filter((userId) => !present.has(userId));
    for (const userId of gone) taken.delete(userId);
    tell(gone);
    seenUpto = upto ?? seenUpto;
    allReadAt = performance.now();
  };
  const take = (rows: AccessRow[]) => tell(rows.flatMap((row) => learn(taken, row) ?? []));
  const tell = (changed: number[]) => {
    metrics.accessEntries.set(taken.size);
    metrics.accessReadAt.setToCurrentTime();
    if (changed.length === 0) return;
    for (const listener of listeners) listener(changed);
  };
  const read = async () => {
    if (performance.now() - allReadAt >= readAllEveryMs) return readAll();
    const rows = await readSince(pool, seenUpto);
    take(rows);
    seenUpto = rows[0]?.seenUpto ?? seenUpto;
  };

  await readAll();
  const loop = startLoop({ name: 'access list', everyMs, log, work: read });
  return {
    revokes({ userId, issuedAt }) {
      const from = taken.get(userId)?.tokensFrom ?? null;
      return from !== null && (issuedAt === null || issuedAt * 1_000 < from);
    },
    bars: (userId) => (taken.get(userId)?.barredUntil ?? 0) > Date.now(),
    onChange: (listener) => void listeners.push(listener),
    stop: loop.stop,
  };
}

// Each answers one row at least, which then holds no user.
const asked = `
  select s.upto as "seenUpto", a.user_id as "userId",
    (extract(epoch from a.tokens_from) * 1000)::float8 as "tokensFrom",
    (extract(epoch from a.barred_until) * 1000)::float8 as "barredUntil"
  from (select pg_snapshot_xmin(pg_current_snapshot())::text as upto) s
  left join`;

async function readSince(pool: Pool, since: string): Promise<AccessRow[]> {
  const text = `${asked} user_access a on a.changed_in >= $1::text::xid8`;
  return (await pool.query<AccessRow>({ name: 'user_access_since', text, values: [since] })).rows;
}

async function readPage(pool: Pool, after: number): Promise<AccessRow[]> {
  const text = `${asked} (select * from user_access where user_id > $1 order by user_id limit ${page}) a on true
    order by a.user_id`;
  return (await pool.query<AccessRow>({ name: 'user_access_page', text, values: [after] })).rows;
}

/** The user, if this is news. */
function learn(taken: Map<number, Taken>, { userId, tokensFrom, barredUntil }: AccessRow): number | null {
  if (userId === null) return null;
  const before = taken.get(userId);
  if ((before?.tokensFrom ?? null) === tokensFrom && (before?.barredUntil ?? null) === barredUntil) return null;
  if (tokensFrom === null && barredUntil === null) taken.delete(userId);
  else taken.set(userId, { tokensFrom, barredUntil });
  return userId;
}
