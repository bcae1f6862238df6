import type pg from 'pg';
import { type NotificationPreferences, notificationPreferences } from '../../contract/notification.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { once } from '../once.ts';

const path = '/me/notification-preferences';

export const readPreferences = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path,
    summary: 'What the caller wants to be told of',
    access: 'signed-in',
    answers: { 200: notificationPreferences },
    handle: async (call) => ({ status: 200, body: await preferencesOf(pool, caller(call).userId) }),
  });

export const setPreferences = (actPool: Pool): Operation =>
  operation({
    method: 'put',
    path,
    summary: 'Set what the caller wants to be told of',
    access: 'signed-in',
    body: notificationPreferences,
    answers: { 200: notificationPreferences },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { userId } = caller(call);
        await replace(client, userId, call.body);
        return { status: 200, body: await preferencesOf(client, userId) };
      }),
  });

/** Under the user's stream: two that are set at once follow each other, and a list is made by one of them. */
async function replace(client: pg.PoolClient, userId: number, { items, quietHours }: NotificationPreferences) {
  await client.query('select lock_users(array[$1::bigint])', [userId]);
  await client.query('delete from notification_preference where user_id = $1', [userId]);
  await client.query(
    `insert into notification_preference (user_id, kind, campaign_id, in_app, digest, webhook)
     select $1, i->>'kind', (i->>'campaignId')::bigint, (i->>'inApp')::boolean, i->>'digest', (i->>'webhook')::boolean
     from jsonb_array_elements($2::jsonb) i`,
    [userId, JSON.stringify(items)],
  );
  await client.query('delete from notification_quiet_hours where user_id = $1', [userId]);
  if (!quietHours) return;
  const { from, to, zone } = quietHours;
  await client.query(
    'insert into notification_quiet_hours (user_id, from_time, to_time, zone) values ($1, $2, $3, $4)',
    [userId, from, to, zone],
  );
}

async function preferencesOf(db: Pick<Pool, 'query'>, userId: number): Promise<NotificationPreferences> {
  const { rows } = await db.query<NotificationPreferences>(
    `select coalesce((
         select jsonb_agg(jsonb_build_object('kind', kind, 'campaignId', campaign_id, 'inApp', in_app, 'digest', digest,
           'webhook', webhook) order by kind nulls first, campaign_id nulls first)
         from notification_preference where user_id = $1
       ), '[]') as items,
       (select jsonb_build_object('from', to_char(from_time, 'HH24:MI'), 'to', to_char(to_time, 'HH24:MI'), 'zone', zone)
         from notification_quiet_hours where user_id = $1) as "quietHours"`,
    [userId],
  );
  return rows[0] ?? { items: [], quietHours: null };
}
