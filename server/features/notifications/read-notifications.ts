import { type ChosenNotifications, chosenNotifications, unreadDataSchema } from '../../contract/notification.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { once } from '../once.ts';

export const readNotifications = (actPool: Pool): Operation =>
  marking(actPool, 'read', 'Mark notifications of the caller as read');

/** Away from the list for good; they count as read. */
export const archiveNotifications = (actPool: Pool): Operation =>
  marking(actPool, 'archive', 'Put notifications of the caller away');

const marking = (actPool: Pool, act: 'read' | 'archive', summary: string): Operation =>
  operation({
    method: 'post',
    path: `/me/notifications/${act}`,
    summary,
    access: 'signed-in',
    body: chosenNotifications,
    answers: { 200: unreadDataSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { rows } = await client.query<{ unread: number }>('select read_notifications($1, $2, $3, $4) as unread', [
          caller(call).userId,
          ...chosen(call.body),
          act === 'archive',
        ]);
        return { status: 200, body: { unread: rows[0]?.unread ?? 0 } };
      }),
  });

/** The ids, or null for all; and up to when. */
function chosen(body: ChosenNotifications): [ids: number[] | null, upTo: string | null] {
  if ('ids' in body) return [body.ids, null];
  return [null, 'upTo' in body ? body.upTo : null];
}
