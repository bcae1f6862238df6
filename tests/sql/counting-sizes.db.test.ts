import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

const many = (campaign: number, rows: number, viewers: number) =>
  db.run(
    `insert into campaign_impressions (campaign_id, user_id, session_id)
     select $1, case when n % 4 = 0 then n % $3::int end, 's' || n % $3::int from generate_series(1, $2::int) n`,
    [campaign, rows, viewers],
  );

it('an impression that goes costs what its viewer has, not what the campaign has', async () => {
  const [id = 0] = await db.campaigns(1);
  await many(id, 20_000, 5_000);
  await db.run('analyze campaign_impressions');
  for (const viewer of ['user_id is not null', 'user_id is null']) {
    await db.run('select pg_stat_force_next_flush()'); // else what was read before may be counted in
    await db.run('begin');
    await db.run(
      `delete from campaign_impressions where id = (
         select min(id) from campaign_impressions where ${viewer} and is_unique_impression)`,
    );
    await db.run('select set_config($1, $2, true)', ['enable_seqscan', 'on']);
    const [seen] = await db.run(
      `select (sum(seq_tup_read) + sum(idx_tup_fetch))::int as rows from pg_stat_xact_user_tables
       where relname = 'campaign_viewers' or relname = 'campaign_impressions' and seq_scan = 0`,
    );
    expect(seen?.rows).toBeLessThan(100);
    await db.run('rollback');
  }
  await db.proven();
});

it('a statement over many rows is no slower for each row than one over few, also after those', async () => {
  const [id = 0] = await db.campaigns(1);
  await many(id, 20_000, 5_000);
  await db.run(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
     select $1, n, 'comment', 'text' from generate_series(1, 5000) n`,
    [id],
  );
  // Often enough for a plan to be kept that was made for one row.
  for (let n = 0; n < 8; n++) {
    await db.run(
      'update campaign_impressions set clicked = true where id = (select min(id) + $2 from campaign_impressions where campaign_id = $1)',
      [id, n],
    );
    await db.run(
      `update campaign_engagement set comment_text = 'edited' || $2 where id = (select min(id) from campaign_engagement where campaign_id = $1)`,
      [id, n],
    );
  }
  await db.run('update campaign_impressions set converted = true where campaign_id = $1', [id]);
  await db.run(`update campaign_engagement set comment_text = 'edited' where campaign_id = $1`, [id]);
  expect(await db.counters(id)).toMatchObject({ conversions: 20_000, comments: 5_000 });
});
