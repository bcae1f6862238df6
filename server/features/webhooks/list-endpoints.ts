import { z } from 'zod';
import { idParamSchema, idSchema, pageOf } from '../../contract/primitives.ts';
import { type Endpoint, endpointSchema, listEndpointsQuery } from '../../contract/webhook.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { mayHaveEndpoints, ownerOf, requireEndpoint } from './endpoints.ts';

const keyset = z.object({ list: z.literal('endpoints'), id: idSchema });

export const listEndpoints = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/webhook-endpoints',
    summary: 'One’s webhook endpoints, newest first; an admin sees everybody’s',
    access: mayHaveEndpoints,
    query: listEndpointsQuery,
    answers: { 200: pageOf(endpointSchema) },
    handle: async (call) => {
      const { limit, cursor } = call.query;
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ endpoint: Endpoint }>(
        `select endpoint_document(w) as endpoint from webhook_endpoint w
         where deleted_at is null and ($1::bigint is null or advertiser_id = $1) and ($2::bigint is null or id < $2)
         order by id desc limit $3`,
        [ownerOf(caller(call)), after?.id ?? null, limit + 1],
      );
      const items = rows.slice(0, limit).map(({ endpoint }) => endpoint);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: { items, nextCursor: last ? encodeCursor({ list: 'endpoints', id: last.id }) : null },
      };
    },
  });

export const readEndpoint = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/webhook-endpoints/:id',
    summary: 'A webhook endpoint',
    access: mayHaveEndpoints,
    params: z.object({ id: idParamSchema }),
    answers: { 200: endpointSchema },
    handle: async (call) => ({ status: 200, body: await requireEndpoint(pool, call.params.id, caller(call)) }),
  });
