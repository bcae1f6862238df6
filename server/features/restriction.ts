import { type ProblemCode, problems } from '../contract/errors.ts';
import type { Pool } from '../platform/db.ts';
import { Refusal } from '../platform/refusal.ts';

const restricting: ReadonlySet<string> = new Set(['banned', 'suspended', 'muted', 'warning_unacknowledged']);

/** A problem code that the database answered, with what the user is told of the sanction where it is one's. */
export function refusalFor(outcome: string, told: unknown): Refusal | null {
  if (!(outcome in problems)) return null;
  const code = outcome as ProblemCode;
  return restricting.has(code) && told ? new Refusal(code, { more: told }) : new Refusal(code);
}

/** Sanctions that keep a user from everything that is engagement, and those that keep them from writing comments. */
export const fromEngaging = ['ban', 'suspend'];
export const fromCommenting = [...fromEngaging, 'mute', 'warn'];

/** Refuses a user whom one of these kinds of sanction restricts everywhere or in the campaign; null: everywhere alone. */
export async function refuseRestricted(
  db: Pick<Pool, 'query'>,
  { userId, campaignId }: { userId: number; campaignId: number | null },
  kinds: string[],
): Promise<void> {
  const { rows } = await db.query<{ outcome: string; told: object }>({
    name: 'restriction_on',
    text: 'select (r).outcome, (r).body as told from restriction_on($1, $2, $3) r where (r).outcome is not null',
    values: [userId, campaignId, kinds],
  });
  const refusal = rows[0] && refusalFor(rows[0].outcome, rows[0].told);
  if (refusal) throw refusal;
}
