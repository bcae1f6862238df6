import type pg from 'pg';
import { refusalFor } from './restriction.ts';

/** What is decided on, by the ids of these: a line of the log is the decision that is taken back. */
export type DecidedOn = 'comment' | 'decision' | 'appeal' | 'notice';

/**
 * Refuses a moderator who is banned or suspended, everywhere or in the campaign of one of the comments, with the code that
 * writers hear. Asked in the transaction of the decision, so that no node is behind a sanction.
 */
export async function refuseBarredModerator(
  client: pg.PoolClient,
  moderatorId: number,
  [what, ids]: [what: DecidedOn, ids: number[]],
): Promise<void> {
  const { rows } = await client.query<{ outcome: string; told: object }>({
    name: 'barred_moderator',
    text: 'select (r).outcome, (r).body as told from barred_moderator($1, $2, $3) r where (r).outcome is not null',
    values: [moderatorId, what, ids],
  });
  const refusal = rows[0] && refusalFor(rows[0].outcome, rows[0].told);
  if (refusal) throw refusal;
}
