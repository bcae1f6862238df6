import { beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

const audited = () => db.run('select * from campaign_profile p, audit_campaign(p.id)');
const judge = (ids: number[]) =>
  db.run(
    `insert into impression_verdict (impression_id, class, rule, rule_version) select id, 'crawler', 'r', 1 from unnest($1::bigint[]) id`,
    [ids],
  );

it('a verdict that comes late takes its impression out of every count, and one that goes puts it back', async () => {
  const [campaign = 0] = await db.campaigns(1);
  const first = await db.see(campaign, 'a', { is_viewable: true, clicked: true });
  await db.see(campaign, 'a');
  await db.see(campaign, 'b');
  const all = { impressions: 3, viewable: 1, clicks: 1, reach: 2, spend: 0.75 };
  expect(await db.counters(campaign)).toEqual(all);
  await judge([first]);
  expect(await db.counters(campaign)).toEqual({ impressions: 2, reach: 2, spend: 0.5 });
  expect(await audited()).toEqual([]);
  await db.run('delete from impression_verdict');
  expect(await db.counters(campaign)).toEqual(all);
  await judge([first]);
  await db.run('truncate impression_verdict');
  expect(await db.counters(campaign)).toEqual(all);
  expect(await audited()).toEqual([]);
});

it('a verdict in one statement with its impression, before it or after it in one transaction, counts the same', async () => {
  const [campaign = 0] = await db.campaigns(1);
  const seen = `insert into campaign_impressions (campaign_id, session_id) values (${campaign}, 's') returning id`;
  const verdict = `insert into impression_verdict (impression_id, class, rule, rule_version)`;
  await db.run(`with i as (${seen}) ${verdict} select id, 'c', 'r', 1 from i`);
  await db.run('begin');
  const [row] = await db.run(seen);
  await db.run(`${verdict} values (${row?.id}, 'c', 'r', 1)`);
  await db.run('commit');
  expect(await db.counters(campaign)).toEqual({});
  await db.run(seen);
  expect(await db.counters(campaign)).toMatchObject({ impressions: 1, reach: 1 });
  expect(await audited()).toEqual([]);
}, 20_000);

it('a verdict that is moved from a viewer’s first impression to the next leaves one first one', async () => {
  const [campaign = 0] = await db.campaigns(1);
  const [first, next] = [await db.see(campaign, 'v'), await db.see(campaign, 'v')];
  const uniques = async () =>
    (await db.run('select sum(uniques)::int as n from impression_hourly where campaign_id = $1', [campaign]))[0]?.n;
  await judge([first]);
  await db.run('update impression_verdict set impression_id = $1 where impression_id = $2', [next, first]);
  const found = [await uniques()];
  await db.run('update impression_verdict set impression_id = $1 where impression_id = $2', [first, next]);
  expect([...found, await uniques()]).toEqual([1, 1]);
  expect(await audited()).toEqual([]);
});

it('statuses that are truncated leave every comment published', async () => {
  const [campaign = 0] = await db.campaigns(1);
  const held = await db.engage(campaign, 1, 'comment');
  await db.run(`insert into comment_state (comment_id, campaign_id, status) values ($1, $2, 'pending')`, [
    held,
    campaign,
  ]);
  expect(await db.counters(campaign)).toEqual({});
  await db.run('truncate comment_state');
  expect(await db.counters(campaign)).toEqual({ comments: 1 });
  expect(await audited()).toEqual([]);
});
