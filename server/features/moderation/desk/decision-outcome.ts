import type pg from 'pg';
import type { Claim, Decision } from '../../../contract/desk.ts';
import { type ProblemCode, problems } from '../../../contract/errors.ts';
import { caller } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { moderatorOf } from './services.ts';

interface Refused {
  index: number;
  code: ProblemCode;
  decision?: Decision;
  claim?: Claim;
  /** With `stale_revision`: the one that the comment is in. */
  revision?: number;
}
interface Outcome {
  items: Decision[] | null;
  errors: Refused[] | null;
}

type Refuse = (errors: Refused[]) => Refusal;

/** Who decides, as the functions of the database take it. */
export function actor(call: Parameters<typeof moderatorOf>[0]): [id: number, name: string] {
  const { id, name } = moderatorOf(call);
  return [id, name];
}
export const isAdmin = (call: Parameters<typeof moderatorOf>[0]) => caller(call).roles.has('admin');

/** Runs `select * from decide_comments(…)` or `undo_decisions(…)`: the decisions that were made, or the refusal. */
export async function decisionsMade(
  client: pg.PoolClient,
  { sql, values, refuse }: { sql: string; values: unknown[]; refuse: Refuse },
): Promise<Decision[]> {
  const { rows } = await client.query<Outcome>(sql, values);
  if (rows[0]?.errors) throw refuse(rows[0].errors);
  return rows[0]?.items ?? [];
}

export function refusalOfOne([first]: Refused[]): Refusal {
  const { code, decision, claim } = first as Refused;
  const more = { ...(decision ? { decision } : {}), ...(claim ? { claim } : {}) };
  return new Refusal(code, { detail: detailOf(first as Refused), more });
}

/** `list` is where the body names what was asked for. What is not theirs to decide at all is 403. */
export const refusalOfBatch =
  (list: string): Refuse =>
  (errors) => {
    if (errors.some(({ code }) => code === 'forbidden')) return new Refusal('forbidden');
    const code = errors.some((error) => error.code === 'own_comment') ? 'own_comment' : 'batch_refused';
    return new Refusal(code, {
      errors: errors.map(({ revision: _, ...error }, place) => ({
        ...error,
        pointer: list && `/${list}/${error.index}`,
        message: detailOf(errors[place] as Refused),
      })),
    });
  };

const detailOf = ({ code, revision }: Refused) =>
  revision === undefined ? problems[code].title : `the comment is in its revision ${revision}`;
