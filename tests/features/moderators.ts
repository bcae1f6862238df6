import { type Api, apiAs } from '../support/api.ts';
import { type TestApp, token } from '../support/app.ts';

export const moderator = async (url: string, userId = 700): Promise<Api> =>
  apiAs(url, await token(userId, { roles: ['moderator'], name: `Moderator ${userId}` }));

/** A comment rejected as a moderator's decision does it: a line of the log and the status, in one transaction. */
export async function rejected(
  { pool }: Pick<TestApp, 'pool'>,
  commentId: number,
  { by = 700, reason = 'spam', explanation = 'We take no advertising.' } = {},
): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `select lock_streams(array[campaign_stream(campaign_id), 'moderation']) from campaign_engagement where id = $1`,
      [commentId],
    );
    const { rows } = await client.query(
      `select append_moderation_log($2, 'Moderator', 'reject', e.id, e.campaign_id, e.user_id, coalesce(s.revision, 1), $3, $4,
         jsonb_build_object('was', jsonb_build_object('status', coalesce(s.status, 'published'))), null, null) as id
       from campaign_engagement e left join comment_state s on s.comment_id = e.id where e.id = $1`,
      [commentId, by, reason, explanation],
    );
    await client.query(
      `insert into comment_state (comment_id, campaign_id, status, removed_by, removed_reason)
       select id, campaign_id, 'rejected', 'moderator', $2 from campaign_engagement where id = $1
       on conflict (comment_id) do update
       set status = 'rejected', removed_by = 'moderator', removed_reason = excluded.removed_reason, changed_at = now()`,
      [commentId, reason],
    );
    await client.query('commit');
    return Number(rows[0].id);
  } finally {
    client.release();
  }
}
