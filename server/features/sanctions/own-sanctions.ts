import { z } from 'zod';
import { idParamSchema, idSchema, pageQuery } from '../../contract/primitives.ts';
import { ownSanctionsSchema, type Sanction, sanctionSchema } from '../../contract/sanction.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { once } from '../once.ts';
import { outcomeOf } from '../outcome.ts';

const keyset = z.object({ list: z.literal('my sanctions'), id: idSchema });

/** Nobody is restricted without being told: what holds and what did, newest first. */
export const listOwnSanctions = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/me/sanctions',
    summary: 'How the caller is and was restricted',
    access: 'signed-in',
    query: z.object(pageQuery),
    answers: { 200: ownSanctionsSchema },
    handle: async (call) => {
      const { limit, cursor } = call.query;
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ document: Sanction }>({
        name: 'my_sanctions',
        text: `select sanction_document(s) as document from user_sanction s
               where s.user_id = $1 and ($2::bigint is null or s.id < $2) order by s.id desc limit $3`,
        values: [caller(call).userId, after?.id ?? null, limit + 1],
      });
      const items = rows.slice(0, limit).map(({ document }) => document);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const nextCursor = last ? encodeCursor({ list: 'my sanctions', id: last.id }) : null;
      return { status: 200, body: { items, nextCursor } };
    },
  });

export const acknowledgeSanction = (actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/me/sanctions/:id/acknowledge',
    summary: 'Acknowledge a warning, after which one may write again',
    access: 'signed-in',
    params: z.object({ id: idParamSchema }),
    answers: { 200: sanctionSchema },
    handle: (call) => {
      const { userId, name } = caller(call);
      return once(actPool, call.receipt, async (client) => ({
        status: 200,
        body: await outcomeOf(client, 'select * from acknowledge_sanction($1, $2, $3)', [call.params.id, userId, name]),
      }));
    },
  });
