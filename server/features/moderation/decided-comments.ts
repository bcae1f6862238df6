import type { Pool } from '../../platform/db.ts';
import type { Decided } from './rules/replay/replay-rules.ts';

/** The last decisions that stand, each with the text it was made on and the author's record before that text. */
export async function decidedComments(pool: Pick<Pool, 'query'>, last: number): Promise<Decided[]> {
  const { rows } = await pool.query<Decided>({
    name: 'decided_comments',
    text: `select l.comment_id as "commentId", coalesce(r.comment_text, e.comment_text) as text, l.action as decision,
             iso(e.created_at) as at,
             jsonb_build_object('userId', e.user_id, 'firstCommentAt', null, 'comments', before.comments,
               'rejections', before.rejections, 'premod', false) as author
           from (
             select distinct on (comment_id) * from moderation_log l
             where action in ('approve', 'reject') and comment_id is not null
               and not exists (select from moderation_log u where u.undoes = l.id)
             order by comment_id, id desc
           ) l
           join campaign_engagement e on e.id = l.comment_id and e.engagement_type = 'comment'
           left join comment_revision r on r.comment_id = l.comment_id and r.revision = l.revision
           cross join lateral (
             select count(*) as comments, count(*) filter (where s.status = 'rejected') as rejections
             from (
               select id from campaign_engagement
               where user_id = e.user_id and engagement_type = 'comment' and id < e.id order by id desc limit 1000
             ) c left join comment_state s on s.comment_id = c.id
           ) before
           order by l.id desc limit $1`,
    values: [last],
  });
  return rows;
}
