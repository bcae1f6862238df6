import { type Comment, commentParams, commentSchema } from '../../contract/comment.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { requireComment } from '../visible-campaign.ts';

/** One comment by its own address; a removed one is read as its tombstone. */
export const readComment = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/comments/:id',
    summary: 'One comment',
    access: 'public',
    params: commentParams,
    answers: { 200: commentSchema },
    handle: async ({ params, who }) => {
      await requireComment(pool, params.id, who);
      const { rows } = await pool.query<{ document: Comment }>({
        name: 'read_comment',
        text: 'select document from comment_documents where id = $1',
        values: [params.id],
      });
      return { status: 200, body: rows[0]?.document };
    },
  });
