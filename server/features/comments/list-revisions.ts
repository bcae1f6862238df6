import { z } from 'zod';
import { type CommentRevision, commentParams, commentRevisionSchema } from '../../contract/comment.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { campaignOfComment, moderates } from '../visible-comment.ts';

/** Every wording a comment had, oldest first, also of one that was removed. */
export const listRevisions = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/comments/:id/revisions',
    summary: 'Every wording of a comment, for moderators',
    access: moderates,
    ofCampaign: (id, who) => campaignOfComment(pool, id, who),
    params: commentParams,
    answers: { 200: z.object({ items: z.array(commentRevisionSchema) }) },
    handle: async ({ params }) => {
      const { rows } = await pool.query<CommentRevision>({
        name: 'comment_revisions',
        text: `select revision, comment_text as text, iso(written_at) as "writtenAt", iso(replaced_at) as "replacedAt"
               from comment_revision where comment_id = $1
               union all
               select coalesce(s.revision, 1), e.comment_text, iso(coalesce(s.edited_at, e.created_at)), null
               from campaign_engagement e left join comment_state s on s.comment_id = e.id
               where e.id = $1 and e.engagement_type = 'comment'
               order by revision`,
        values: [params.id],
      });
      if (rows.length === 0) throw new Refusal('unknown_comment');
      return { status: 200, body: { items: rows } };
    },
  });
