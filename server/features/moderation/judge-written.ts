/**
 * Judges what other programs write, after the fact: psql knows no door. One node at a time, some hundred texts a round:
 *   1. read:  comments that nobody judged (unjudged_comments)
 *   2. judge: as the door does
 *   3. write: what was found in each (judge_written), unless somebody else changed or judged it meanwhile
 * A comment is seen until a round has come by; that is the price of another program's insert.
 */
import { type Loop, startLoop } from '../../platform/background-loop.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { inTransaction } from '../../platform/transaction.ts';
import type { JudgeText } from '../submission.ts';

const everyMs = 1_000;
const mostARound = 100;
/** Ids are handed out before commits: what was committed later with a lower id is looked for so long. */
const lateMs = 60_000;

interface Unjudged {
  id: number;
  campaignId: number;
  userId: number;
  text: string;
}

interface Parts {
  pool: Pool;
  actPool: Pool;
  judge: JudgeText;
  log: Log;
}

export function startJudgingWritten({ pool, actPool, judge, log }: Parts): Loop {
  /** All up to `done` was looked at twice, `lateMs` apart; up to `seen` once. */
  let done: number | null = null;
  let seen = 0;
  let since = performance.now();
  /** What could not be written once does not keep the others waiting; it is tried once more with the next look. */
  const failed = new Set<number>();

  const round = async (past: number) => {
    const newest = await newestComment(pool);
    const { rows } = await pool.query<Unjudged>('select * from unjudged_comments($1, $2)', [past, mostARound]);
    for (const unjudged of rows) {
      if (failed.has(unjudged.id)) continue;
      try {
        await judgeOne(unjudged);
      } catch (error) {
        failed.add(unjudged.id);
        throw error;
      }
    }
    if (rows.length === mostARound || performance.now() - since < lateMs) return;
    [done, seen, since] = [Math.max(past, seen), newest, performance.now()];
    failed.clear();
  };

  const judgeOne = async ({ id, campaignId, userId, text }: Unjudged) => {
    const verdict = await judge({ text, campaignId, userId, commentId: id });
    const { status, reason, hits, rulesVersion, exact, bands } = verdict;
    if (exact === null) return; // nothing is judged now
    await actPool.query({
      name: 'judge_written',
      text: 'select judge_written($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [id, text, status, reason, JSON.stringify(hits), rulesVersion, exact, bands],
    });
  };

  const work = async () => {
    done ??= await beginning(pool);
    const past = done;
    // This transaction has nothing but the lock: a table that somebody empties is kept waiting by no round.
    await inTransaction(actPool, async (client) => {
      const { rows } = await client.query<{ alone: boolean }>(
        `select pg_try_advisory_xact_lock(hashtext('judge_written')) as alone`,
      );
      if (rows[0]?.alone) await round(past);
    });
  };
  return startLoop({ name: 'judging what others wrote', everyMs, log, work });
}

async function newestComment(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ id: number }>('select coalesce(max(comment_id), 0) as id from comment_counters');
  return rows[0]?.id ?? 0;
}

/** Of the last day what was written since rules first looked at a text; what is older was never theirs. */
async function beginning(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `select coalesce(
       (select min(comment_id) from comment_fingerprint where at > now() - interval '1 day'),
       (select max(comment_id) from comment_counters), 0) as id`,
  );
  return rows[0]?.id ?? 0;
}
