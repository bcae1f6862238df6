import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Notification, notificationsAnswer, notificationsQuery } from '../../contract/notification.ts';
import { isConflictError, type Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../cursor.ts';

const keyset = timeKeyset.extend({ list: z.literal('my notifications') });

interface Row {
  unread: number;
  items: Notification[];
}

/** One statement, so the count and the items are of one snapshot. */
const text = `
  select coalesce((select unread from notification_user where user_id = $1), 0) as unread,
    coalesce((
      select jsonb_agg(notification_document(n) order by n.updated_at desc, n.id desc)
      from (
        select * from notification n
        where n.user_id = $1 and n.archived_at is null and n.in_app and n.count > 0
          and (not $2 or n.read_at is null) and ($3::text is null or n.kind = $3) and ($4::bigint is null or n.campaign_id = $4)
          and ($5::timestamptz is null or (n.updated_at, n.id) < ($5, $6))
        order by n.updated_at desc, n.id desc limit $7
      ) n
    ), '[]') as items`;

/** What the caller was told, the newest change first. What was committed before the call is in it. */
export const listNotifications = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/me/notifications',
    summary: 'What the caller was told of',
    access: 'signed-in',
    query: notificationsQuery,
    answers: { 200: notificationsAnswer },
    handle: async (call) => {
      const { limit, cursor, unread, kind, campaignId } = call.query;
      const { userId } = caller(call);
      const after = decodeCursor(keyset, cursor);
      await settle(actPool, userId);
      const { rows } = await pool.query<Row>({
        name: 'my_notifications',
        text,
        values: [
          userId,
          unread === '1',
          kind ?? null,
          campaignId ?? null,
          after?.at ?? null,
          after?.id ?? null,
          limit + 1,
        ],
      });
      const found = rows[0] ?? { unread: 0, items: [] };
      const items = found.items.slice(0, limit);
      const last = found.items.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: {
          items,
          nextCursor: last ? encodeCursor({ list: 'my notifications', at: last.updatedAt, id: last.id }) : null,
          unread: found.unread,
        },
      };
    },
  });

const settleWithinMs = 5_000;

/**
 * Nothing is locked where nothing waits. A conflict with who else settles or writes is tried again: an answer without what
 * was committed before would be a false one, so after 5 s there is none (503).
 */
async function settle(pool: Pool, userId: number): Promise<void> {
  const deadline = performance.now() + settleWithinMs;
  for (let attempt = 1; ; attempt++) {
    try {
      await pool.query({
        name: 'settle_notifications',
        text: 'select settle_notifications(array[$1::bigint], 100000)',
        values: [userId],
      });
      return;
    } catch (error) {
      if (!isConflictError(error)) throw error;
      const pause = Math.random() * Math.min(500, 10 * 2 ** attempt);
      if (performance.now() + pause > deadline) throw new Refusal('unavailable', { retryAfterSeconds: 1 });
      await delay(pause);
    }
  }
}
