import type { Pool } from '../platform/db.ts';
import { inTransaction } from '../platform/transaction.ts';
import { demoCampaign, demoNames, demoThread } from './demo-content.ts';

/** Puts the demo campaign and the opening of its discussion into an empty database; does nothing in any other. */
export async function seedDemo(pool: Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(hashtext('campaign_pulse_demo'))");
    const { rowCount } = await client.query('select from campaign_profile limit 1');
    if (rowCount !== 0) return;

    const names = Object.keys(demoCampaign);
    const { rows } = await client.query<{ id: number }>(
      `insert into campaign_profile (${names.join(', ')}, submitted_date, launched_at)
       values (${names.map((_, place) => `$${place + 1}`).join(', ')}, now() - interval '9 days', now() - interval '6 days')
       returning id`,
      Object.values(demoCampaign),
    );
    const campaignId = rows[0]?.id;
    await client.query(
      `insert into campaign_media (campaign_id, advertiser_id, media_type, file_url, file_name, content_type, display_order)
       values ($1, 1, 'image', '/media/aurora.svg', 'aurora.svg', 'image/svg+xml', 0)`,
      [campaignId],
    );
    await client.query('insert into person (user_id, name) select * from unnest($1::bigint[], $2::text[])', [
      demoNames.map((_, place) => place + 2),
      demoNames,
    ]);

    const ids: number[] = [];
    for (const { author, text, replyTo, minutesAgo, likes } of demoThread) {
      const comment = await client.query<{ id: number }>(
        `insert into campaign_engagement (campaign_id, user_id, profile_type, engagement_type, comment_text, parent_comment_id, created_at)
         values ($1, $2, 'user', 'comment', $3, $4, now() - make_interval(mins => $5)) returning id`,
        [campaignId, author + 2, text, replyTo === undefined ? null : ids[replyTo], minutesAgo],
      );
      const id = comment.rows[0]?.id ?? 0;
      ids.push(id);
      await client.query(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
         select $1, 1000 + n, 'like', $2 from generate_series(1, $3) n`,
        [campaignId, id, likes],
      );
    }
    await client.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type)
       select $1, 1000 + n, type from (values ('like', 128), ('save', 41), ('bookmark', 67), ('share', 23)) t (type, amount),
         generate_series(1, amount) n`,
      [campaignId],
    );
  });
}
