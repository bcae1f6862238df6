import { beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { query, withClient } from '../support/sql.ts';

const rows = 20_000;
/** A plan that compares each row with each takes minutes; one that reads them once, a second. */
const within = '20s';
let url: string;

/** What the planner knows is of a time when each campaign had one row: it expects every join to be of one row. */
beforeAll(async () => {
  const database = await freshDatabase();
  url = database.url;
  await withClient(url, async (client) => {
    await client.query(`
      insert into campaign_profile (name, advertiser_id, brand_id) select 'c' || n, 5, 7 from generate_series(1, 300) n;
      insert into campaign_impressions (campaign_id, session_id, location) select n, 's' || n, 'l' from generate_series(1, 300) n;`);
    for (const table of [
      'campaign_impressions',
      'campaign_viewers',
      'impression_hourly',
      'impression_quarter_hourly',
    ]) {
      await client.query(`alter table ${table} set (autovacuum_enabled = false)`);
    }
    await client.query('analyze');
    await client.query('set session_replication_role = replica');
    await client.query(`
      insert into campaign_impressions (campaign_id, brand_id, session_id, location, created_at)
      select 1, 7, 's' || n, 'l' || n, now() - n * interval '1 minute' from generate_series(1, ${rows}) n`);
  });
  return database.drop;
});

const rebuilt = () =>
  withClient(url, async (client) => {
    await client.query(`set statement_timeout = '${within}'`);
    await client.query('select rebuild_campaign(1)');
    return client.query('select impressions::int, reach::int from campaign_counters where campaign_id = 1');
  });

it('a campaign that grew since the tables were analysed is rebuilt by reading each row once', {
  timeout: 60_000,
}, async () => {
  expect((await rebuilt()).rows).toEqual([{ impressions: rows + 1, reach: rows }]);
  expect(await query(url, 'select from audit_campaign(1)')).toEqual([]);
});

it('and is so again when the projections are as many rows', { timeout: 60_000 }, async () => {
  await query(url, `delete from campaign_viewers where campaign_id = 1 and viewer = 's:s7'`);
  expect((await rebuilt()).rows).toEqual([{ impressions: rows + 1, reach: rows }]);
  expect(await query(url, 'select from audit_campaign(1)')).toEqual([]);
});
