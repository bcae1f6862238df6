import { z } from 'zod';
import { addMediaBody, type OwnMedia, ownMediaSchema } from '../../contract/media.ts';
import { idParamSchema, idSchema, pageOf, pageQuery } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { once } from '../once.ts';
import { ownersOnly } from '../owners-only.ts';
import { requireCampaign } from '../visible-campaign.ts';

/** Each announcement of a campaign has all of them. */
const mostMedia = 100;

const params = z.object({ id: idParamSchema });
const keyset = z.object({ list: z.literal('media'), order: z.int(), id: idSchema });
const document = 'media_document(m) as media';

export const listMedia = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/campaigns/:id/media',
    summary: 'The files of a campaign, in the order in which they are shown',
    access: ownersOnly(pool),
    ofCampaign: true,
    params,
    query: z.object(pageQuery),
    answers: { 200: pageOf(ownMediaSchema) },
    handle: async ({ params: { id }, query: { limit, cursor }, who }) => {
      await requireCampaign(pool, id, who);
      const after = decodeCursor(keyset, cursor);
      const { rows } = await pool.query<{ media: OwnMedia }>({
        name: 'list_media',
        text: `select ${document} from campaign_media m
               where m.campaign_id = $1 and (m.display_order, m.id) > ($2::integer, $3::bigint)
               order by m.display_order, m.id limit $4`,
        values: [id, after?.order ?? -2_147_483_648, after?.id ?? 0, limit + 1],
      });
      const items = rows.slice(0, limit).map(({ media }) => media);
      const last = rows.length > limit ? items.at(-1) : undefined;
      const nextCursor = last ? encodeCursor({ list: 'media', order: last.displayOrder, id: last.id }) : null;
      return { status: 200, body: { items, nextCursor } };
    },
  });

export const addMedia = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/media',
    summary: 'Show one more file; it is named by its address and not uploaded',
    access: ownersOnly(pool),
    ofCampaign: true,
    params,
    body: addMediaBody,
    answers: { 201: ownMediaSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id } = call.params;
        // Counted in a statement of its own: one that waited for the lock still sees the files of before.
        const { rowCount } = await client.query('select from campaign_profile where id = $1 for no key update', [id]);
        if (rowCount === 0) throw new Refusal('unknown_campaign');
        const { rows: counted } = await client.query<{ count: number }>(
          'select count(*) from campaign_media where campaign_id = $1',
          [id],
        );
        if ((counted[0]?.count ?? 0) >= mostMedia) throw new Refusal('too_many_media');
        const { mediaType, fileUrl, placement, fileName, fileSize, contentType, displayOrder } = call.body;
        const { rows } = await client.query<{ media: OwnMedia }>(
          `insert into campaign_media as m (campaign_id, brand_id, advertiser_id, media_type, placement, file_url, file_name,
             file_size, content_type, display_order)
           select p.id, p.brand_id, p.advertiser_id, $2, $3, $4, $5, $6, $7, $8 from campaign_profile p where p.id = $1
           returning ${document}`,
          [
            id,
            mediaType,
            placement ?? null,
            fileUrl,
            fileName ?? null,
            fileSize ?? null,
            contentType ?? null,
            displayOrder,
          ],
        );
        return { status: 201, body: rows[0]?.media };
      }),
  });

export const removeMedia = (pool: Pool, actPool: Pool): Operation =>
  operation({
    method: 'delete',
    path: '/campaigns/:id/media/:mediaId',
    summary: 'Show a file no longer; what it leads to stays where it is',
    access: ownersOnly(pool),
    ofCampaign: true,
    params: z.object({ id: idParamSchema, mediaId: idParamSchema }),
    answers: { 200: ownMediaSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { rows } = await client.query<{ media: OwnMedia }>(
          `delete from campaign_media m where m.campaign_id = $1 and m.id = $2 returning ${document}`,
          [call.params.id, call.params.mediaId],
        );
        const [gone] = rows;
        if (!gone) throw new Refusal('unknown_media');
        return { status: 200, body: gone.media };
      }),
  });
