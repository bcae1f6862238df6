import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import { campaign } from './stats-world.ts';

let app: TestApp;
let owner: Api;
beforeAll(async () => {
  app = await startApp();
  owner = await advertiser(app.url, 5);
});

const get = async (path: string) => (await owner('GET', path)).body;

it('frequency, overlap, commenters and retargeting are what the rows say, whatever was judged, moved and deleted', async () => {
  const [one, other] = [await campaign(app), await campaign(app)];
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000));
  const of = `(array[${one}, ${other}])[1 + floor(random() * 2)::int]`;
  await app.pool.query(
    `select setseed(${(seed % 1_000) / 1_000});
     insert into campaign_impressions (campaign_id, user_id, session_id, clicked)
     select ${of}, case when random() < 0.5 then 1 + floor(random() * 40) end, 's' || floor(random() * 300), random() < 0.05
     from generate_series(1, 800);
     insert into impression_verdict (impression_id, class, rule, rule_version)
     select id, 'crawler', 'r', 1 from campaign_impressions where campaign_id in (${one}, ${other}) and random() < 0.2;
     insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
     select ${of}, 1 + floor(random() * 40), type, case type when 'comment' then 'text' end
     from generate_series(1, 200) n, lateral (select (array['share', 'comment'])[1 + n % 2] as type) t;
     insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select campaign_id, 41 + n, 'like', id from campaign_engagement, generate_series(1, 3) n
     where campaign_id in (${one}, ${other}) and engagement_type = 'comment' and random() < 0.5;
     insert into comment_state (comment_id, campaign_id, status)
     select id, campaign_id, (array['removed', 'pending'])[1 + floor(random() * 2)::int] from campaign_engagement
     where campaign_id in (${one}, ${other}) and engagement_type = 'comment' and random() < 0.3;
     update campaign_impressions set campaign_id = ${other} where campaign_id = ${one} and random() < 0.1;
     update campaign_impressions set user_id = 7 where campaign_id = ${one} and random() < 0.1;
     delete from campaign_impressions where campaign_id in (${one}, ${other}) and random() < 0.1`,
  );
  const rowsOf = async (text: string) =>
    (await app.pool.query({ text, rowMode: 'array' })).rows.map((row) => row.map(Number));
  const viewers = (id: number) =>
    `select coalesce('u' || user_id, 's' || session_id) as viewer, count(*) as times from campaign_impressions i
     where campaign_id = ${id} and not exists (select from impression_verdict v where v.impression_id = i.id) group by 1`;
  const frequency = await get(`/campaigns/${one}/stats/frequency?limit=50`);
  expect(
    frequency.histogram.flatMap((line: Untyped) =>
      line.viewers ? [[line.frequency, line.viewers, line.impressions]] : [],
    ),
    `SEED=${seed}`,
  ).toEqual(await rowsOf(`select times, count(*), sum(times) from (${viewers(one)}) v group by 1 order by 1`));

  const overlap = await get(`/campaigns/${one}/stats/overlap?with=${other}`);
  const [both] = await rowsOf(`select count(*) from (${viewers(one)}) a join (${viewers(other)}) b using (viewer)`);
  expect([overlap.both], `SEED=${seed}`).toEqual(both);

  const shown = `not exists (select from comment_state s where s.comment_id = e.id and s.status <> 'published')`;
  const commenters = await get(`/campaigns/${one}/stats/commenters?limit=100`);
  expect(
    commenters.items.map((item: Untyped) => [item.user.id, item.comments, item.likes]),
    `SEED=${seed}`,
  ).toEqual(
    await rowsOf(
      `select user_id, count(*), sum((select count(*) from campaign_engagement l where l.parent_comment_id = e.id))
       from campaign_engagement e where campaign_id = ${one} and engagement_type = 'comment' and ${shown}
       group by 1 order by 2 desc, 1`,
    ),
  );

  const retargeting = await get(`/campaigns/${one}/stats/retargeting?limit=100`);
  expect(
    retargeting.items.map((item: Untyped) => [item.user.id, item.engagements]),
    `SEED=${seed}`,
  ).toEqual(
    await rowsOf(
      `select user_id, count(*) from campaign_engagement e
       where campaign_id = ${one} and parent_comment_id is null and (engagement_type = 'share' or ${shown})
         and user_id not in (select i.user_id from campaign_impressions i where i.campaign_id = ${one} and i.clicked
           and i.user_id is not null and i.id not in (select impression_id from impression_verdict))
       group by 1 order by 1`,
    ),
  );
});
