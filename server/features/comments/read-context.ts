import { type Comment, commentContextSchema, commentParams } from '../../contract/comment.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { requireComment } from '../visible-comment.ts';
import { readDocument } from './read-comment.ts';

/** What a permalink needs to show a comment in its place. */
export const readContext = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/comments/:id/context',
    summary: 'A comment with all that it stands below, root first',
    access: 'public',
    params: commentParams,
    answers: { 200: commentContextSchema },
    handle: async ({ params, who }) => {
      await requireComment(pool, params.id, who);
      const { rows } = await pool.query<{ document: Comment }>({
        name: 'comment_ancestors',
        text: 'select d.document from comments_above($1) a join comment_documents d on d.id = a.comment_id order by a.depth',
        values: [params.id],
      });
      return {
        status: 200,
        body: { ancestors: rows.map(({ document }) => document), comment: await readDocument(pool, params.id, who) },
      };
    },
  });
