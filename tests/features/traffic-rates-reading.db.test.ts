import { expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { withClient } from '../support/sql.ts';

it('a batch with events days apart reads of a viewer what is near them, and not the days between', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  await app.pool.query(
    `insert into campaign_impressions (campaign_id, session_id, created_at)
     select $1, 's1', now() - n * interval '28 seconds' from generate_series(1, 20000) n`,
    [id],
  );
  const item = (o: number, days: number) => ({
    ...{ o, type: 'impression', event: crypto.randomUUID(), c: id, placement: 'widget', session: 's1', dated: true },
    at: new Date(Date.now() - days * 86_400_000).toISOString(),
  });
  const read = await withClient(app.databaseUrl, async (client) => {
    await client.query('begin');
    await client.query('select from record_impressions($1)', [JSON.stringify([item(0, 6), item(1, 0.1)])]);
    const { rows } = await client.query(
      `select (coalesce(idx_tup_fetch, 0) + seq_tup_read)::int as rows from pg_stat_xact_user_tables
       where relname = 'campaign_impressions'`,
    );
    await client.query('commit');
    return rows[0].rows;
  });
  expect(read).toBeLessThan(1_000);
});
