import { afterEach, beforeAll, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

const cells = (campaign: number) =>
  db.run(
    `select to_char(quarter_hour at time zone 'utc', 'HH24:MI') as at, location, traffic_class as class, impressions, clicks,
       spend::float8
     from impression_quarter_hourly where campaign_id = $1 and impressions <> 0 order by 1, 2, 3`,
    [campaign],
  );
const judge = (ids: number[], kind: string) =>
  db.run(
    `insert into impression_verdict (impression_id, class, rule, rule_version) select id, $2, 'r', 1 from unnest($1::bigint[]) id`,
    [ids, kind],
  );
const at = (time: string) => ({ created_at: `2026-11-01T${time}Z` });

it('a quarter hour begins at its first microsecond and ends before the next', async () => {
  const [id = 0] = await db.campaigns(1);
  await db.see(id, 'a', { ...at('12:14:59.999999'), location: 'Oslo' });
  await db.see(id, 'a', { ...at('12:15:00'), clicked: true });
  await db.see(id, 'b', at('12:29:59'));
  expect(await cells(id)).toEqual([
    { at: '12:00', location: 'Oslo', class: 'valid', impressions: 1, clicks: 0, spend: 0.25 },
    { at: '12:15', location: '', class: 'valid', impressions: 2, clicks: 1, spend: 0.5 },
  ]);
});

it('invalid traffic stands under its class and costs nothing; a class that changes moves it, and one that goes brings it back', async () => {
  const [id = 0] = await db.campaigns(1);
  const first = await db.see(id, 'a', at('12:00:00'));
  await db.see(id, 'a', at('12:01:00'));
  const line = (kind: string, impressions: number, spend: number) => ({
    ...{ at: '12:00', location: '', class: kind, impressions, clicks: 0, spend },
  });
  await judge([first], 'crawler');
  expect(await cells(id)).toEqual([line('crawler', 1, 0), line('valid', 1, 0.25)]);
  await db.run(`update impression_verdict set class = 'flood' where impression_id = $1`, [first]);
  expect(await cells(id)).toEqual([line('flood', 1, 0), line('valid', 1, 0.25)]);
  await db.run('update campaign_impressions set clicked = true where id = $1', [first]);
  expect(await cells(id)).toEqual([{ ...line('flood', 1, 0), clicks: 1 }, line('valid', 1, 0.25)]);
  await db.run('delete from impression_verdict where impression_id = $1', [first]);
  expect(await cells(id)).toEqual([{ ...line('valid', 2, 0.5), clicks: 1 }]);
});

it('an impression that is deleted leaves its class, and one in one statement with its verdict counts once', async () => {
  const [id = 0] = await db.campaigns(1);
  const first = await db.see(id, 'a', at('12:00:00'));
  await judge([first], 'crawler');
  await db.run('delete from campaign_impressions where id = $1', [first]);
  expect(await cells(id)).toEqual([]);
  await db.run(
    `with i as (insert into campaign_impressions (campaign_id, session_id, created_at) values ($1, 's', '2026-11-01T13:00Z') returning id)
     insert into impression_verdict (impression_id, class, rule, rule_version) select id, 'bot', 'r', 1 from i`,
    [id],
  );
  expect(await cells(id)).toEqual([{ at: '13:00', location: '', class: 'bot', impressions: 1, clicks: 0, spend: 0 }]);
});

it('verdicts that are truncated leave all of it valid', async () => {
  const [id = 0] = await db.campaigns(1);
  await judge([await db.see(id, 'a', at('12:00:00'))], 'crawler');
  await db.run('truncate impression_verdict');
  expect(await cells(id)).toMatchObject([{ class: 'valid', impressions: 1 }]);
});

it('a rebuild recreates what was lost', async () => {
  const [id = 0] = await db.campaigns(1);
  await db.see(id, 'a', at('12:00:00'));
  await db.run('delete from impression_quarter_hourly');
  await db.run('select rebuild_campaign(id) from campaign_profile order by campaign_stream(id)');
  expect(await cells(id)).toMatchObject([{ at: '12:00', impressions: 1 }]);
});
