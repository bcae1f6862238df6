import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { isConflictError, isConnectionError, type Pool } from '../platform/db.ts';
import type { Answer } from '../platform/http/operation.ts';
import { ownReceipt, type Receipt } from '../platform/receipt.ts';
import { Refusal } from '../platform/refusal.ts';
import { inTransaction } from '../platform/transaction.ts';

const patienceMs = 10_000;

/**
 * A write of its own transaction, with the answer kept under its Idempotency-Key (or a key of ours). The same key again
 * gets the same answer; while the first still runs, the second waits for it at the receipt's row. A deadlock, a lock that
 * was not had in time and a connection that broke are nobody's fault: the same again, until the deadline; the receipt
 * tells whether an attempt whose outcome is unknown was committed.
 */
export async function once(
  pool: Pool,
  receipt: Receipt | null,
  act: (client: pg.PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const kept = receipt ?? ownReceipt();
  const deadline = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(pool, (client) => actOnce(client, kept, act));
    } catch (error) {
      if (error instanceof Refusal || !(isConflictError(error) || isConnectionError(error))) throw error;
      const pause = Math.random() * Math.min(1_000, 20 * 2 ** attempt);
      if (performance.now() + pause > deadline) throw new Refusal('unavailable', { retryAfterSeconds: 1 });
      await delay(pause);
    }
  }
}

async function actOnce(
  client: pg.PoolClient,
  receipt: Receipt,
  act: (client: pg.PoolClient) => Promise<Answer>,
): Promise<Answer> {
  const kept = await claim(client, receipt);
  if (kept) return kept;
  const answer = await act(client);
  const { rows } = await client.query<{ body: unknown }>(
    'update write_receipt set status = $3, body = $4 where scope = $1 and key = $2 returning body',
    [receipt.scope, receipt.key, answer.status, JSON.stringify(answer.body)],
  );
  return { ...answer, body: rows[0]?.body }; // as it is read again: the same answer, byte for byte
}

/** Null when the key is ours now, else the answer that was given under it. */
async function claim(client: pg.PoolClient, { scope, key, print }: Receipt): Promise<Answer | null> {
  const { rowCount } = await client.query(
    'insert into write_receipt (scope, key, fingerprint) values ($1, $2, $3) on conflict do nothing',
    [scope, key, print],
  );
  if (rowCount === 1) return null;
  const { rows } = await client.query<Answer & { fingerprint: string }>(
    'select fingerprint, status, body from write_receipt where scope = $1 and key = $2',
    [scope, key],
  );
  const [kept] = rows;
  if (kept?.fingerprint !== print) throw new Refusal('idempotency_mismatch');
  return { status: kept.status, body: kept.body };
}
