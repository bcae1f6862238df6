import type { z } from 'zod';
import { itemDetailSchema, itemParams } from '../../../contract/desk.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { moderates } from '../../visible-comment.ts';
import type { DeskServices } from './services.ts';

export const readItem = ({ pool, screensShowing }: DeskServices): Operation =>
  operation({
    method: 'get',
    path: '/moderation/items/:commentId',
    summary: 'An item with its thread, its author’s record, notes and decisions',
    access: moderates,
    params: itemParams,
    answers: { 200: itemDetailSchema },
    handle: async ({ params: { commentId } }) => {
      const { rows } = await pool.query<{ item: z.infer<typeof itemDetailSchema> | null }>({
        name: 'moderation_item',
        text: 'select moderation_item_detail($1) as item',
        values: [commentId],
      });
      const item = rows[0]?.item;
      if (!item) throw new Refusal('unknown_comment');
      return { status: 200, body: { ...item, screens: (await screensShowing([item])).get(commentId) ?? 0 } };
    },
  });
