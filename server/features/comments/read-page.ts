import { z } from 'zod';
import type { CommentPage, listCommentsQuery } from '../../contract/comment.ts';
import { idSchema, timeSchema } from '../../contract/primitives.ts';
import { type Principal, seesHidden } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor, timeKeyset } from '../cursor.ts';
import { requireCampaign } from '../visible-campaign.ts';
import { waitForPosition } from './wait-for-position.ts';

/** Pages of the past are counted anew, so they wait for each other and not in front of the present ones. */
export interface Pools {
  pool: Pool;
  pastPool: Pool;
}

interface Asked {
  campaignId: number;
  parentId: number | null;
  query: z.infer<typeof listCommentsQuery>;
  who: Principal | null;
}

/** Which list a cursor is of. */
const listSchema = z.strictObject({
  campaign: idSchema,
  parent: idSchema.nullable(),
  sort: z.string(),
  moment: z.string().nullable(),
});
type List = z.infer<typeof listSchema>;

const keyset = timeKeyset.extend({
  of: listSchema,
  likes: z.int(),
  asOf: z.int().min(0), // the stream's version at the first page
});
type From = z.infer<typeof keyset> | null;

interface Listed extends Omit<CommentPage, 'nextCursor'> {
  next: { likes: number; at: string; id: number; asOf: number } | null;
}

export async function readPage(
  { pool, pastPool }: Pools,
  { campaignId, parentId, query, who }: Asked,
): Promise<CommentPage> {
  const { advertiserId } = await requireCampaign(pool, campaignId, who);
  const moment = query.at === undefined ? null : momentFor(query.at, who, advertiserId);
  const list: List = { campaign: campaignId, parent: parentId, sort: query.sort, moment };
  const from = decodeCursor(keyset, query.cursor);
  if (from && !isSame(from.of, list)) throw new Refusal('invalid_cursor');
  if (query.after !== undefined) await waitForPosition(pool, campaignId, query.after);
  const page = await (moment === null ? presentPage(pool, list, query, from) : pastPage(pastPool, list, query, from));
  if (!page) throw new Refusal('unknown_campaign');
  const { next, ...shown } = page;
  return { ...shown, nextCursor: next ? encodeCursor({ of: list, ...next }) : null };
}

/** The past is for moderators and the owner; whoever else asks learns nothing of what is wrong with the question. */
function momentFor(at: string, who: Principal | null, advertiserId: number | null): string {
  if (!who) throw new Refusal('unauthenticated');
  if (!seesHidden(who, advertiserId)) throw new Refusal('forbidden');
  if (!timeSchema.safeParse(at).success) {
    throw new Refusal('invalid_query', { errors: [{ pointer: '/at', message: 'is no time' }] });
  }
  return at;
}

const isSame = (one: List, other: List) =>
  one.campaign === other.campaign &&
  one.parent === other.parent &&
  one.sort === other.sort &&
  one.moment === other.moment;

type Paging = Pick<Asked['query'], 'limit' | 'previewReplies'>;

async function presentPage(
  pool: Pool,
  { campaign, parent, sort }: List,
  { limit, previewReplies }: Paging,
  from: From,
): Promise<Listed | undefined> {
  const { rows } = await pool.query<{ page: Listed }>({
    name: 'list_comments',
    text: 'select list_comments($1, $2, $3, $4, $5, $6, $7, $8, $9) as page',
    values: [campaign, parent, sort, limit, previewReplies, from?.likes, from?.at, from?.id, from?.asOf],
  });
  return rows[0]?.page;
}

async function pastPage(
  pool: Pool,
  { campaign, parent, sort, moment }: List,
  { limit, previewReplies }: Paging,
  from: From,
): Promise<Listed | undefined> {
  const { rows } = await pool.query<{ page: Listed }>({
    name: 'list_comments_as_of',
    text: 'select list_comments_as_of($1, $2, $3, $4, $5, $6, $7, $8, $9) as page',
    values: [campaign, parent, sort, limit, previewReplies, moment, from?.likes, from?.at, from?.id],
  });
  return rows[0]?.page;
}
