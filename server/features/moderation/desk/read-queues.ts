import { queuesSchema } from '../../../contract/desk.ts';
import type { Pool } from '../../../platform/db.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { moderates } from '../../visible-comment.ts';

export const readQueues = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/queues',
    summary: 'How many items each queue of the desk holds',
    access: moderates,
    answers: { 200: queuesSchema },
    handle: async () => {
      const { rows } = await pool.query({
        name: 'moderation_queues',
        text: 'select moderation_queues_document() as queues',
      });
      return { status: 200, body: rows[0]?.queues };
    },
  });
