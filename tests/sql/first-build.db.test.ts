import pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import { emptyDatabaseForTest } from './empty-database.ts';

const silent = { log: () => {} };
const fill = `
  insert into campaign_profile (name, advertiser_id, brand_id) select 'c' || n, 5, 7 from generate_series(1, 3) n;
  insert into campaign_impressions (campaign_id, session_id, is_unique_impression, created_at)
  select 1 + n % 3, 's' || n, FLAG, now() from generate_series(1, 50) n;`;
const flags = 'select id, is_unique_impression as flag from campaign_impressions order by id';
const audit = `select a.* from campaign_profile p, audit_campaign(p.id) a union all select * from audit_streams()`;
async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}
const rowsOf = async (client: pg.Client, sql: string) => (await client.query(sql)).rows;

it.each(['true', 'false', 'n % 2 = 0'])(
  'a legacy database with flags %s is true at the head, and gets its flags back on the way down',
  async (flag) => {
    const database = await emptyDatabaseForTest();
    await migrateUp(database.url, { ...silent, to: '0001' });
    const client = await connected(database.url);
    await client.query(fill.replace('FLAG', flag));
    const before = await rowsOf(client, flags);
    await migrateUp(database.url, silent);
    expect(await rowsOf(client, audit)).toEqual([]);
    const [row] = await rowsOf(
      client,
      `select c.version as counters, s.version as stream from campaign_counters c
    join live_stream s on s.stream = campaign_stream(c.campaign_id) where c.campaign_id = 1`,
    );
    expect(Number(row?.stream)).toBeGreaterThanOrEqual(Number(row?.counters));
    await migrateDown(database.url, { ...silent, to: '0001', discardEngagement: false });
    expect(await rowsOf(client, flags)).toEqual(before);
  },
);

it.each(['0007', '0008', '0009'])('what is written between down to %s and up again is counted', async (to) => {
  const database = await emptyDatabaseForTest();
  await migrateUp(database.url, silent);
  const client = await connected(database.url);
  await client.query(fill.replace('FLAG', 'true'));
  await migrateDown(database.url, { ...silent, to, discardEngagement: false });
  await client.query(
    `insert into campaign_impressions (campaign_id, brand_id, session_id, created_at) values (1, 7, 'late', now())`,
  );
  await client.query(
    `insert into campaign_engagement (campaign_id, brand_id, user_id, engagement_type, comment_text) values (1, 7, 9, 'comment', 'late')`,
  );
  await migrateUp(database.url, silent);
  expect(await rowsOf(client, audit)).toEqual([]);
  const [row] = await rowsOf(
    client,
    'select impressions::int, comments::int from campaign_counters where campaign_id = 1',
  );
  expect(row).toEqual({ impressions: 17, comments: 1 });
});
