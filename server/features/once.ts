import type pg from 'pg';
import type { Pool } from '../platform/db.ts';
import type { Answer } from '../platform/http/operation.ts';
import type { Receipt } from '../platform/receipt.ts';
import { Refusal } from '../platform/refusal.ts';
import { inTransaction } from '../platform/transaction.ts';

/**
 * A write of its own transaction, with the answer kept under its Idempotency-Key. The same key again gets the same
 * answer; while the first still runs, the second waits for it at the receipt's row.
 */
export function once(
  pool: Pool,
  receipt: Receipt | null,
  act: (client: pg.PoolClient) => Promise<Answer>,
): Promise<Answer> {
  return inTransaction(pool, async (client) => {
    const kept = receipt && (await claim(client, receipt));
    if (kept) return kept;
    const answer = await act(client);
    if (receipt) {
      await client.query('update write_receipt set status = $3, body = $4 where scope = $1 and key = $2', [
        receipt.scope,
        receipt.key,
        answer.status,
        JSON.stringify(answer.body),
      ]);
    }
    return answer;
  });
}

/**
 * The same for a write that commits on its own and does no harm when it is repeated: without a key there is nothing to
 * keep, and a crash between its commit and the answer's makes the same key do it again.
 */
export function onceWithKey(pool: Pool, receipt: Receipt | null, act: () => Promise<Answer>): Promise<Answer> {
  return receipt ? once(pool, receipt, act) : act();
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
