import { type Api, apiAs } from '../support/api.ts';
import { type TestApp, token } from '../support/app.ts';

export const moderator = async (url: string, userId = 700): Promise<Api> =>
  apiAs(url, await token(userId, { roles: ['moderator'], name: `Moderator ${userId}` }));

/** A moderator's rejection, whoever sits at the desk; the decision's id. */
export async function rejected(
  { pool }: Pick<TestApp, 'pool'>,
  commentId: number,
  { by = 700, reason = 'spam', explanation = 'We take no advertising.' } = {},
): Promise<number> {
  const { rows } = await pool.query(
    `select decide_comment($1, 'reject', $3, $4, $2, 'Moderator', null)->'id' as id from (select lock_comments(array[$1::bigint])) l`,
    [commentId, by, reason, explanation],
  );
  return Number(rows[0].id);
}
