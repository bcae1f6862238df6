import { z } from 'zod';
import { type Item, itemPageSchema, itemsQuery, moderationStream, type Queue } from '../../../contract/desk.ts';
import { idSchema } from '../../../contract/primitives.ts';
import type { Pool } from '../../../platform/db.ts';
import { type Operation, operation } from '../../../platform/http/operation.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../../cursor.ts';
import { moderates } from '../../visible-comment.ts';
import { listByHarm } from './list-by-harm.ts';
import type { DeskServices } from './services.ts';

const keyset = z.object({
  list: z.literal('items'),
  queue: z.string(),
  sort: z.enum(['newest', 'oldest']),
  ...timeKeyset.shape,
});
const harmKeyset = z.object({
  list: z.literal('harm'),
  queue: z.string(),
  asOf: z.number(),
  escalated: z.boolean(),
  harm: z.number(),
  id: idSchema,
});

export const listItems = ({ pool, screensShowing }: DeskServices): Operation =>
  operation({
    method: 'get',
    path: '/moderation/items',
    summary: 'A queue of the desk',
    access: moderates,
    query: itemsQuery,
    answers: { 200: itemPageSchema },
    handle: async ({ query: { queue, sort: asked, limit, cursor } }) => {
      const sort = asked ?? (queue === 'approved' || queue === 'rejected' ? 'newest' : 'harm');
      const position = await readPosition(pool); // before the items: what came meanwhile comes again, and is replaced
      const { ids, next } =
        sort === 'harm'
          ? await harmPage({ pool, screensShowing, queue, limit, cursor })
          : await timePage(pool, { queue, sort, limit, cursor });
      const { rows } = await pool.query<{ item: Item }>({
        name: 'moderation_items',
        text: `select moderation_item_document(i) as item from unnest($1::bigint[]) with ordinality as t (id, place)
               join moderation_item i on i.comment_id = t.id and i.queue = $2 order by t.place`,
        values: [ids, queue],
      });
      const screens = await screensShowing(rows.map(({ item }) => item));
      const items = rows.map(({ item }) => ({ ...item, screens: screens.get(item.commentId) ?? 0 }));
      return { status: 200, body: { items, nextCursor: next && encodeCursor(next), ...position } };
    },
  });

interface Asked {
  queue: Queue;
  limit: number;
  cursor: string | undefined;
}
interface Page {
  ids: number[];
  next: z.infer<typeof keyset> | z.infer<typeof harmKeyset> | null;
}

async function readPosition(pool: Pool) {
  const { rows } = await pool.query<{ position: { stream: string; epoch: string; seq: number } }>({
    name: 'stream_position_of',
    text: 'select stream_position($1) as position',
    values: [moderationStream],
  });
  return rows[0]?.position;
}

async function timePage(
  pool: Pool,
  { queue, sort, limit, cursor }: Asked & { sort: 'newest' | 'oldest' },
): Promise<Page> {
  const after = decodeCursor(keyset.extend({ queue: z.literal(queue), sort: z.literal(sort) }), cursor);
  const [order, beyond] = sort === 'newest' ? ['desc', '<'] : ['asc', '>'];
  const { rows } = await pool.query<{ id: number; at: string }>({
    name: `moderation_items_${sort}`,
    text: `select comment_id as id, iso(entered_at) as at from moderation_item
           where queue = $1 and ($2::timestamptz is null or (entered_at, comment_id) ${beyond} ($2, $3))
           order by entered_at ${order}, comment_id ${order} limit $4`,
    values: [queue, after?.at ?? null, after?.id ?? null, limit + 1],
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { ids: page.map(({ id }) => id), next: last ? { list: 'items', queue, sort, ...last } : null };
}

async function harmPage({ pool, screensShowing, queue, limit, cursor }: Asked & HarmParts): Promise<Page> {
  const after = decodeCursor(harmKeyset.extend({ queue: z.literal(queue) }), cursor);
  const asOf = after?.asOf ?? Date.now();
  const all = await listByHarm({ pool, screensShowing, queue, asOf, after });
  const page = all.slice(0, limit);
  const last = all.length > limit ? page.at(-1) : undefined;
  return { ids: page.map(({ id }) => id), next: last ? { list: 'harm', queue, asOf, ...last } : null };
}
type HarmParts = Pick<DeskServices, 'pool' | 'screensShowing'>;
