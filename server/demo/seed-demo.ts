import type pg from 'pg';
import type { Pool } from '../platform/db.ts';
import { inTransaction } from '../platform/transaction.ts';
import { type DemoComment, demoCampaign, demoNames, demoThread, secondCampaign, secondThread } from './demo-content.ts';
import { seedDesk } from './seed-desk.ts';
import { seedInvoices, seedTraffic } from './seed-traffic.ts';

/**
 * Puts the demo campaign and the opening of its discussion into an empty database; does nothing in any other. What the
 * advertiser's screen shows comes after it, so that the campaign itself is there at once.
 */
export async function seedDemo(pool: Pool): Promise<void> {
  const campaignId = await inTransaction(pool, seedCampaign);
  if (campaignId !== null) await seedPast(pool, campaignId);
}

async function seedCampaign(client: pg.PoolClient): Promise<number | null> {
  await client.query("select pg_advisory_xact_lock(hashtext('campaign_pulse_demo'))");
  const { rowCount } = await client.query('select from campaign_profile limit 1');
  if (rowCount !== 0) return null;

  const campaignId = await addCampaign(client, demoCampaign, 6);
  await addPicture(client, campaignId, 'aurora.svg');
  await client.query('insert into person (user_id, name) select * from unnest($1::bigint[], $2::text[])', [
    demoNames.map((_, place) => place + 2),
    demoNames,
  ]);

  const ids = await addThread(client, campaignId, demoThread);
  await client.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type)
       select $1, 1000 + n, type from (values ('like', 128), ('save', 41), ('bookmark', 67), ('share', 23)) t (type, amount),
         generate_series(1, amount) n`,
    [campaignId],
  );
  await seedDesk(client, campaignId, ids);
  return campaignId;
}

async function seedPast(pool: Pool, campaignId: number): Promise<void> {
  const now = new Date();
  await seedTraffic(pool, { campaignId, seed: 'aurora', impressions: 4_400, days: 6, until: now });
  await seedInvoices(pool, campaignId, demoCampaign.billing_frequency);
  const secondId = await inTransaction(pool, seedSecond);
  await seedTraffic(pool, {
    campaignId: secondId,
    seed: 'perseids',
    impressions: 800,
    days: 9,
    until: now,
    viewersFrom: 1_400,
  });
}

async function seedSecond(client: pg.PoolClient): Promise<number> {
  const campaignId = await addCampaign(client, secondCampaign, 12);
  await addPicture(client, campaignId, 'perseids.svg');
  await addThread(client, campaignId, secondThread);
  return campaignId;
}

async function addPicture(client: pg.PoolClient, campaignId: number, file: string): Promise<void> {
  await client.query(
    `insert into campaign_media (campaign_id, advertiser_id, media_type, file_url, file_name, content_type, display_order)
       values ($1, 1, 'image', '/media/' || $2::text, $2, 'image/svg+xml', 0)`,
    [campaignId, file],
  );
}

/** Answers the ids of the comments, in the order of the list. */
async function addThread(client: pg.PoolClient, campaignId: number, thread: DemoComment[]): Promise<number[]> {
  const ids: number[] = [];
  for (const { author, text, replyTo, minutesAgo, likes } of thread) {
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
  return ids;
}

async function addCampaign(client: pg.PoolClient, campaign: object, launchedDaysAgo: number): Promise<number> {
  const names = Object.keys(campaign);
  const { rows } = await client.query<{ id: number }>(
    `insert into campaign_profile (${names.join(', ')}, submitted_date, launched_at)
     values (${names.map((_, place) => `$${place + 1}`).join(', ')}, now() - make_interval(days => $${names.length + 1} + 3),
       now() - make_interval(days => $${names.length + 1}))
     returning id`,
    [...Object.values(campaign), launchedDaysAgo],
  );
  return rows[0]?.id ?? 0;
}
