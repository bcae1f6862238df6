import { z } from 'zod';
import { idParamSchema } from '../../contract/primitives.ts';
import { deliverySchema, endpointSchema, rotatedSecretSchema } from '../../contract/webhook.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { mayHaveEndpoints, requireEndpoint } from './endpoints.ts';
import { newSecret } from './signature.ts';

const params = z.object({ id: idParamSchema });

export const deleteEndpoint = (actPool: Pool): Operation =>
  operation({
    method: 'delete',
    path: '/webhook-endpoints/:id',
    summary: 'Be told no more; what waits is dropped',
    access: mayHaveEndpoints,
    params,
    answers: { 200: endpointSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        const endpoint = await requireEndpoint(client, id, caller(call));
        await client.query(
          `with gone as (delete from webhook_secret where endpoint_id = $1)
           update webhook_endpoint set deleted_at = now() where id = $1`,
          [id],
        );
        return { status: 200, body: endpoint };
      }),
  });

export const enableEndpoint = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/webhook-endpoints/:id/enable',
    summary: 'Use an endpoint again that was disabled; what still waits for it goes on',
    access: mayHaveEndpoints,
    params,
    answers: { 200: endpointSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        const who = caller(call);
        await requireEndpoint(client, id, who);
        await client.query(
          'update webhook_endpoint set disabled_at = null, disabled_reason = null, failing_since = null where id = $1',
          [id],
        );
        return { status: 200, body: await requireEndpoint(client, id, who) };
      }),
  });

/** Two secrets at most are valid at once: whoever rotates twice in a day drops the first. */
export const rotateSecret = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/webhook-endpoints/:id/secrets',
    summary: 'A new secret; for 24 hours the one before it signs too. The answer alone shows it',
    access: mayHaveEndpoints,
    params,
    answers: { 201: rotatedSecretSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        await requireEndpoint(client, id, caller(call));
        await client.query('select from webhook_endpoint where id = $1 for no key update', [id]);
        await client.query('delete from webhook_secret where endpoint_id = $1 and expires_at is not null', [id]);
        const secret = newSecret();
        const { rows } = await client.query<{ until: string }>(
          `with old as (
             update webhook_secret set expires_at = now() + interval '24 hours' where endpoint_id = $1
           ), made as (
             insert into webhook_secret (endpoint_id, secret) values ($1, $2)
           )
           select iso(now() + interval '24 hours') as until`,
          [id, secret],
        );
        return { status: 201, body: { id, secret, previousValidUntil: rows[0]?.until } };
      }),
  });

export const pingEndpoint = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/webhook-endpoints/:id/ping',
    summary: 'Send a message of type ping, whatever the endpoint is told of',
    access: mayHaveEndpoints,
    params,
    answers: { 202: deliverySchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        const { disabledAt } = await requireEndpoint(client, id, caller(call));
        if (disabledAt !== null) throw new Refusal('endpoint_disabled');
        const made = await client.query<{ message: number }>(
          `select add_webhook_message(array[$1::bigint], 'ping', jsonb_build_object('endpointId', $1::bigint)) as message`,
          [id],
        );
        const { rows } = await client.query<{ delivery: object }>(
          'select delivery_document(d) as delivery from webhook_delivery d where message_id = $1',
          [made.rows[0]?.message],
        );
        return { status: 202, body: rows[0]?.delivery };
      }),
  });
