import type pg from 'pg';
import { type ProblemCode, problems } from '../contract/errors.ts';
import { Refusal } from '../platform/refusal.ts';

/** What `function(…) returns table (outcome text, document jsonb)` did: the document, or the refusal that the outcome names. */
export async function outcomeOf(client: pg.PoolClient, sql: string, values: unknown[]): Promise<unknown> {
  const { rows } = await client.query<{ outcome: string; document: unknown }>(sql, values);
  const { outcome, document } = rows[0] ?? { outcome: 'internal', document: null };
  if (outcome in problems) throw new Refusal(outcome as ProblemCode);
  return document;
}
