import type { z } from 'zod';
import { escalateBody, type Item, itemParams, itemSchema, noteBody, noteSchema } from '../../../contract/desk.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { once } from '../../once.ts';
import { moderates } from '../../visible-comment.ts';
import { type DeskServices, moderatorOf } from './services.ts';

/** For the other moderators; a line of the log like everything else. */
export const noteItem = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/items/:commentId/notes',
    summary: 'Leave a note on a comment for the other moderators',
    access: moderates,
    params: itemParams,
    body: noteBody,
    answers: { 201: noteSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id, name } = moderatorOf(call);
        const { rows } = await client.query<{ note: z.infer<typeof noteSchema> | null }>(
          'select add_moderation_note($1, $2, $3, $4) as note',
          [call.params.commentId, call.body.text, id, name],
        );
        if (!rows[0]?.note) throw new Refusal('unknown_comment');
        return { status: 201, body: rows[0].note };
      }),
  });

/** It comes first in its queue until it is decided. */
export const escalateItem = ({ actPool, screensShowing }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/items/:commentId/escalation',
    summary: 'Ask an admin to decide an item',
    access: moderates,
    params: itemParams,
    body: escalateBody,
    answers: { 200: itemSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id, name } = moderatorOf(call);
        const { rows } = await client.query<{ outcome: string; item: Item }>(
          'select * from escalate_item($1, $2, $3, $4)',
          [call.params.commentId, call.body.note || null, id, name],
        );
        const { outcome, item } = rows[0] ?? {};
        if (outcome !== 'escalated' || !item) throw new Refusal('unknown_comment');
        return { status: 200, body: { ...item, screens: (await screensShowing([item])).get(item.commentId) ?? 0 } };
      }),
  });
