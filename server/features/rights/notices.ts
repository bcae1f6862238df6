import { z } from 'zod';
import { commentParams } from '../../contract/comment.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import {
  createNoticeBody,
  decideNoticeBody,
  filedSchema,
  listNoticesQuery,
  noticePageSchema,
  noticeSchema,
} from '../../contract/rights.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { refuseBarredModerator } from '../barred-moderator.ts';
import { once } from '../once.ts';
import { outcomeOf } from '../outcome.ts';
import { moderates, requireComment } from '../visible-comment.ts';
import { deskPage } from './desk-page.ts';

/** Open to everybody, also without a token, and to users who are banned. */
export const fileNotice = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/comments/:id/notices',
    summary: 'Notify the moderators of a comment that is illegal',
    access: 'public',
    limit: 'notices',
    params: commentParams,
    body: createNoticeBody,
    answers: { 201: filedSchema },
    handle: async (call) => {
      await requireComment(pool, call.params.id, call.who);
      const { explanation, law, name, email } = call.body;
      return once(actPool, call.receipt, async (client) => ({
        status: 201,
        body: await outcomeOf(client, 'select * from file_notice($1, $2, $3, $4, $5, $6)', [
          call.params.id,
          call.who?.userId ?? null,
          explanation,
          law ?? null,
          name ?? null,
          email ?? null,
        ]),
      }));
    },
  });

export const listNotices = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/notices',
    summary: 'Notices of illegal content, the oldest first',
    access: moderates,
    query: listNoticesQuery,
    answers: { 200: noticePageSchema },
    handle: ({ query }) =>
      deskPage(pool, query, {
        list: 'notices',
        text: `select notice_document(n) as document from moderation_notice n
               where ($1::text is null or n.status = $1) and n.id > $2 order by n.id limit $3`,
      }),
  });

export const decideNotice = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/moderation/notices/:id/decision',
    summary: 'Uphold a notice, which rejects the comment as illegal, or dismiss it',
    access: moderates,
    params: z.object({ id: idParamSchema }),
    body: decideNoticeBody,
    answers: { 200: noticeSchema },
    handle: (call) => {
      const { userId, name } = caller(call);
      const { action, explanation } = call.body;
      return once(actPool, call.receipt, async (client) => {
        await refuseBarredModerator(client, userId, ['notice', [call.params.id]]);
        const values = [call.params.id, action, explanation, userId, name];
        const body = await outcomeOf(client, 'select * from decide_notice($1, $2, $3, $4, $5)', values);
        return { status: 200, body };
      });
    },
  });
