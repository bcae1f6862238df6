import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

const firsts = async (campaign: number) => {
  const rows = await db.run(
    'select id from campaign_impressions where campaign_id = $1 and is_unique_impression order by id',
    [campaign],
  );
  return rows.map(({ id }) => id);
};

describe('impressions of psql', () => {
  it('are counted with nothing but campaign and session; brand and rate come from the campaign', async () => {
    const [id = 0] = await db.campaigns(1);
    const first = await db.see(id, 's1');
    await db.see(id, 's1', { cpi_rate: 1.5, is_unique_impression: true });
    await db.see(id, 's1', { user_id: 7 });
    expect(await db.counters(id)).toEqual({ impressions: 3, reach: 2, spend: 2 });
    const rows = await db.run('select distinct brand_id from campaign_impressions where campaign_id = $1', [id]);
    expect([rows, (await firsts(id)).length, (await firsts(id))[0]]).toEqual([[{ brand_id: 70 }], 2, first]);
  });

  it('may come thousands in one statement, and each viewer is new once', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    await db.see(a, 's3');
    await db.run(
      `insert into campaign_impressions (campaign_id, session_id, placement, device_type, is_viewable, clicked, created_at)
       select case n % 3 when 0 then $1::bigint else $2 end, 's' || n % 100, case n % 2 when 0 then 'widget' end,
         case n % 5 when 0 then 'mobile' end, n % 2 = 0, n % 7 = 0, now() - make_interval(mins => n)
       from generate_series(1, 3000) n`,
      [a, b],
    );
    const clicks = (want: boolean) =>
      Array.from({ length: 3000 }, (_, n) => n + 1).filter((n) => n % 7 === 0 && (n % 3 === 0) === want).length;
    expect(await db.counters(a)).toEqual({
      impressions: 1001,
      viewable: 500,
      clicks: clicks(true),
      reach: 100,
      spend: 250.25,
    });
    expect(await db.counters(b)).toEqual({
      impressions: 2000,
      viewable: 1000,
      clicks: clicks(false),
      reach: 100,
      spend: 500,
    });
    expect([(await firsts(a)).length, (await firsts(b)).length]).toEqual([100, 100]);
  });

  it('that change are counted as they are: viewed, clicked, converted, repriced, placed or dated otherwise', async () => {
    const [id = 0] = await db.campaigns(1);
    const impression = await db.see(id, 's1', { placement: 'widget' });
    await db.see(id, 's2', { placement: 'widget' });
    for (const [set, expected] of [
      ['is_viewable = true, clicked = true, converted = true', { viewable: 1, clicks: 1, conversions: 1, spend: 0.5 }],
      ['clicked = false', { viewable: 1, conversions: 1, spend: 0.5 }],
      ['cpi_rate = 2', { viewable: 1, conversions: 1, spend: 2.25 }],
      [`placement = 'popup', region = 'North', audience = 'tutor'`, { viewable: 1, conversions: 1, spend: 2.25 }],
      [`created_at = created_at - interval '3 hours'`, { viewable: 1, conversions: 1, spend: 2.25 }],
      ['cpi_rate = null', { viewable: 1, conversions: 1, spend: 0.25 }],
    ] as const) {
      await db.run(`update campaign_impressions set ${set} where id = $1`, [impression]);
      expect(await db.counters(id)).toEqual({ impressions: 2, reach: 2, ...expected });
      await db.proven();
    }
    const cells = await db.run(
      'select placement, region, uniques from impression_hourly where campaign_id = $1 and impressions > 0 order by hour',
      [id],
    );
    expect(cells).toEqual([
      { placement: 'popup', region: 'North', uniques: 1 },
      { placement: 'widget', region: '', uniques: 1 },
    ]);
  });

  it('that move to another viewer or campaign leave both sides right, and so does a flag that was tampered with', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const one = await db.see(a, 's1');
    const two = await db.see(a, 's1');
    const three = await db.see(b, 's1');
    await db.run(`update campaign_impressions set session_id = 's2' where id = $1`, [one]);
    expect(await firsts(a)).toEqual([one, two]);
    await db.proven();
    await db.run('update campaign_impressions set campaign_id = $2 where id = $1', [two, b]);
    expect([await firsts(a), await firsts(b)]).toEqual([[one], [two]]);
    expect([await db.counters(a), await db.counters(b)]).toEqual([
      { impressions: 1, reach: 1, spend: 0.25 },
      { impressions: 2, reach: 1, spend: 0.5 },
    ]);
    await db.proven();
    await db.run('update campaign_impressions set user_id = 7 where id in ($1, $2)', [two, three]);
    expect(await firsts(b)).toEqual([two]);
    await db.run('update campaign_impressions set is_unique_impression = not is_unique_impression');
    expect([await firsts(a), await firsts(b)]).toEqual([[one], [two]]);
  });

  it('that are deleted make the next of that viewer the first', async () => {
    const [id = 0] = await db.campaigns(1);
    const [one, two, three] = [await db.see(id, 's1'), await db.see(id, 's1'), await db.see(id, 's2')];
    await db.run('delete from campaign_impressions where id = $1', [one]);
    expect([await firsts(id), await db.counters(id)]).toEqual([[two, three], { impressions: 2, reach: 2, spend: 0.5 }]);
    await db.proven();
    await db.run('delete from campaign_impressions where id in ($1, $2)', [two, three]);
    expect([await firsts(id), await db.counters(id)]).toEqual([[], {}]);
  });

  it('with a verdict of invalid traffic are not counted, whatever happens to them', async () => {
    const [id = 0] = await db.campaigns(1);
    await db.run('begin');
    await db.run(`insert into impression_verdict values (7001, 'bot', 'crawler', 1), (7002, 'bot', 'crawler', 1)`);
    await db.run(
      `insert into campaign_impressions (id, campaign_id, session_id) overriding system value
       values (7001, $1, 's1'), (7002, $1, 's1'), (7003, $1, 's1')`,
      [id],
    );
    await db.run('commit');
    expect([await db.counters(id), await firsts(id)]).toEqual([{ impressions: 1, reach: 1, spend: 0.25 }, [7003]]);
    await db.run('update campaign_impressions set clicked = true where id = 7001');
    await db.run('delete from campaign_impressions where id = 7002');
    expect(await db.counters(id)).toEqual({ impressions: 1, reach: 1, spend: 0.25 });
    expect(await db.run('select impression_id from impression_verdict')).toEqual([{ impression_id: 7001 }]);
  });
});
