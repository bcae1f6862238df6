import { type Comment, commentParams, commentSchema } from '../../contract/comment.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { moderates, requireComment } from '../visible-comment.ts';

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
      return { status: 200, body: await readDocument(pool, params.id, who) };
    },
  });

/** The comment as this person sees it: its author and moderators read a held one with its text. */
export async function readDocument(pool: Pool, id: number, who: Principal | null): Promise<Comment> {
  const { rows } = await pool.query<{ document: Comment }>({
    name: 'read_comment',
    text: `select case when o.user_id = $2 or $3 then o.document else d.document end as document
           from comment_own_documents o join comment_documents d on d.id = o.id where o.id = $1`,
    values: [id, who?.userId ?? null, moderates(who)],
  });
  if (!rows[0]) throw new Refusal('unknown_comment');
  return rows[0].document;
}
