import type pg from 'pg';
import {
  type CreateEndpoint,
  createdEndpointSchema,
  createEndpointBody,
  MAX_ENDPOINTS,
} from '../../contract/webhook.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { mayHaveEndpoints } from './endpoints.ts';
import { newSecret } from './signature.ts';
import { badTarget, type TargetRules } from './target.ts';

export const createEndpoint = (actPool: Pool, rules: TargetRules): Operation =>
  operation({
    method: 'post',
    path: '/webhook-endpoints',
    summary: 'Be told of events by HTTP, signed by Standard Webhooks; the answer alone shows the secret',
    access: mayHaveEndpoints,
    body: createEndpointBody,
    answers: { 201: createdEndpointSchema },
    handle: async (call) => {
      const { body, receipt } = call;
      const who = caller(call);
      const owner = advertiserFor(body, who);
      const wrong = await badTarget(body.url, rules);
      return once(actPool, receipt, async (client) => {
        if (wrong) throw new Refusal(wrong); // in here: the first answer stands, wherever the name leads now
        await refuseTooMany(client, owner);
        const secret = newSecret();
        const { rows } = await client.query<{ endpoint: object }>(
          `with made as (
             insert into webhook_endpoint (advertiser_id, created_by, url, events, ordered) values ($1, $2, $3, $4, $5)
             returning *
           ), signing as (
             insert into webhook_secret (endpoint_id, secret) select id, $6 from made
           )
           select endpoint_document(row(made.*)::webhook_endpoint) as endpoint from made`,
          [owner, who.userId, body.url, body.events, body.ordered, secret],
        );
        return { status: 201, body: { ...rows[0]?.endpoint, secret } };
      });
    },
  });

/** An advertiser's endpoint is their own; an admin says whose it is, or nobody's. */
function advertiserFor({ advertiserId }: CreateEndpoint, who: Principal): number | null {
  if (who.roles.has('admin')) return advertiserId ?? null;
  if (advertiserId !== undefined && advertiserId !== who.advertiserId) throw new Refusal('forbidden');
  return who.advertiserId;
}

/** Two who make one at once count one after the other. */
async function refuseTooMany(client: pg.PoolClient, owner: number | null): Promise<void> {
  await client.query(
    `select pg_advisory_xact_lock(hashtext('webhook endpoints of ' || coalesce($1::text, 'admins')))`,
    [owner],
  );
  const { rows } = await client.query<{ n: number }>(
    'select count(*) as n from webhook_endpoint where advertiser_id is not distinct from $1 and deleted_at is null',
    [owner],
  );
  if ((rows[0]?.n ?? 0) >= MAX_ENDPOINTS) throw new Refusal('too_many_endpoints');
}
