import { z } from 'zod';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import { type Delivery, deliverySchema, listDeliveriesQuery } from '../../contract/webhook.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { once } from '../once.ts';
import { mayHaveEndpoints, ownerOf, requireEndpoint } from './endpoints.ts';

const keyset = z.object({ list: z.literal('deliveries'), id: idSchema });

export const listDeliveries = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/webhook-endpoints/:id/deliveries',
    summary: 'What an endpoint was told in the last 30 days, newest first, with each attempt',
    access: mayHaveEndpoints,
    params: z.object({ id: idParamSchema }),
    query: listDeliveriesQuery,
    answers: { 200: pageOf(deliverySchema) },
    handle: async (call) => {
      const { limit, cursor, state } = call.query;
      await requireEndpoint(pool, call.params.id, caller(call));
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ delivery: Delivery }>(
        `select delivery_document(d) as delivery from webhook_delivery d
         where endpoint_id = $1 and ($2::bigint is null or id < $2) and ($3::text is null or state = $3)
         order by id desc limit $4`,
        [call.params.id, after?.id ?? null, state ?? null, limit + 1],
      );
      const items = rows.slice(0, limit).map(({ delivery }) => delivery);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: { items, nextCursor: last ? encodeCursor({ list: 'deliveries', id: last.id }) : null },
      };
    },
  });

/**
 * Delivers once more, with the same id and body, and the schedule from its start. What is under way stays as it is. The
 * delivery's id is unique by itself, so its endpoint may be left out of the path.
 */
export const replayDelivery = (actPool: Pool): Operation[] => [
  operation({
    ...replaying,
    path: '/webhook-endpoints/:id/deliveries/:deliveryId/replay',
    params: z.object({ id: idParamSchema, deliveryId: idParamSchema }),
    handle: async (call) => {
      await requireEndpoint(actPool, call.params.id, caller(call));
      return replay(actPool, call, call.params);
    },
  }),
  operation({
    ...replaying,
    path: '/webhook-endpoints/deliveries/:id/replay',
    params: z.object({ id: idParamSchema }),
    handle: (call) => replay(actPool, call, { id: null, deliveryId: call.params.id }),
  }),
];

const replaying = {
  method: 'post',
  summary: 'Deliver once more, with the same webhook-id and body',
  access: mayHaveEndpoints,
  answers: { 202: deliverySchema },
} as const;

type ReplayCall = Parameters<typeof caller>[0] & Pick<Parameters<Operation['handle']>[0], 'receipt'>;

const replay = (actPool: Pool, call: ReplayCall, { id, deliveryId }: { id: number | null; deliveryId: number }) =>
  once(actPool, call.receipt, async (client) => {
    const { rows } = await client.query<{ disabled: boolean }>(
      `select w.disabled_at is not null as disabled
       from webhook_delivery d join webhook_endpoint w on w.id = d.endpoint_id and w.deleted_at is null
       where d.id = $1 and ($2::bigint is null or w.id = $2) and ($3::bigint is null or w.advertiser_id = $3)`,
      [deliveryId, id, ownerOf(caller(call))],
    );
    if (!rows[0]) throw new Refusal('unknown_delivery');
    if (rows[0].disabled) throw new Refusal('endpoint_disabled');
    await client.query(
      `update webhook_delivery set state = 'waiting', due_at = now(), tries = 0, done_at = null, lease = null
       where id = $1 and (lease is null or due_at <= now())`,
      [deliveryId],
    );
    await client.query(`select pg_notify('campaign_pulse', 'webhooks')`);
    const told = await client.query<{ delivery: Delivery }>(
      'select delivery_document(d) as delivery from webhook_delivery d where id = $1',
      [deliveryId],
    );
    return { status: 202, body: told.rows[0]?.delivery };
  });
