import { z } from 'zod';
import { logEntrySchema, logQuery } from '../../../contract/desk.ts';
import { idSchema, pageOf } from '../../../contract/primitives.ts';
import type { Pool } from '../../../platform/db.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { decodeCursor, encodeCursor } from '../../cursor.ts';
import { moderates } from '../../visible-comment.ts';

const keyset = z.object({ list: z.literal('moderation log'), id: idSchema });

/** Whatever was done, newest first; each undo and each line of a batch has an entry of its own. */
export const listLog = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/log',
    summary: 'Everything that was decided, newest first',
    access: moderates,
    query: logQuery,
    answers: { 200: pageOf(logEntrySchema) },
    handle: async ({ query: { limit, cursor, action, actorId, userId, commentId, campaignId, batch } }) => {
      const after = decodeCursor(keyset, cursor);
      const filters = {
        action,
        actor_id: actorId,
        user_id: userId,
        comment_id: commentId,
        campaign_id: campaignId,
        batch,
      };
      const values: unknown[] = [after?.id ?? Number.MAX_SAFE_INTEGER, limit + 1];
      // Only what was asked for stands in the statement, so that each filter has the index it needs.
      const asked = Object.entries(filters).flatMap(([column, value]) =>
        value === undefined ? [] : `and ${column} = $${values.push(value)}`,
      );
      const { rows } = await pool.query<z.infer<typeof logEntrySchema>>(
        `select id, iso(at) as at, jsonb_build_object('id', actor_id, 'name', actor_name) as actor, action,
           comment_id as "commentId", campaign_id as "campaignId", user_id as "userId", revision, reason, explanation,
           batch, undoes, encode(hash, 'hex') as hash
         from moderation_log where id < $1 ${asked.join(' ')} order by id desc limit $2`,
        values,
      );
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return {
        status: 200,
        body: { items, nextCursor: last ? encodeCursor({ list: 'moderation log', id: last.id }) : null },
      };
    },
  });
