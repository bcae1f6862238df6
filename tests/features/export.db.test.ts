import { beforeAll, describe, expect, it } from 'vitest';
import { admin, advertiser, apiAs, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { exported, readCsv, readRecords } from './export-lines.ts';
import { refusalOf } from './refusals.ts';
import { campaign, engaged, judged, seen } from './stats-world.ts';

let app: TestApp;
let id: number;
let ids: number[];
/** A plain impression, one of a crawler, one with all that is hard to write down. */
beforeAll(async () => {
  app = await startApp();
  id = await campaign(app);
  const at = '2026-11-02T12:00:00.5Z';
  const hard = {
    ...{ location: '=cmd|" /C calc"!A0', region: '-5', audience: '+x', user_agent: 'a, "b"\r\nc', session_id: '@s' },
    ...{ ip_address: '203.0.113.77', user_id: 7, is_viewable: true, viewable_duration: 1500, placement: 'popup' },
  };
  ids = [
    await seen(app, id, at),
    await seen(app, id, at, { ip_address: '2001:db8:1:2::3' }),
    await seen(app, id, at, hard),
  ];
  await judged(app, ids[1] ?? 0);
  await seen(app, await campaign(app), at);
});

const text = async (query: string) => (await exported(app.url, id, query)).text();
const columnsOf = async (table: string): Promise<string[]> => {
  const { rows } = await app.pool.query(
    'select column_name from information_schema.columns where table_name = $1 order by ordinal_position',
    [table],
  );
  return rows.map(({ column_name }) => column_name);
};

describe('an export of impressions', () => {
  it('is RFC 4180 with the table’s columns and the verdict, valid and invalid rows by id', async () => {
    const [header, ...rows] = readCsv(await text('what=impressions&format=csv'));
    expect(header).toEqual([...(await columnsOf('campaign_impressions')), 'verdict']);
    expect(rows.map((row) => [Number(row[0]), row.at(-1)])).toEqual([
      [ids[0], ''],
      [ids[1], 'crawler'],
      [ids[2], ''],
    ]);
  });

  it('gives back what was written, without formulas and with addresses cut short', async () => {
    const [, crawler, hard] = readRecords(await text('what=impressions'));
    expect(crawler?.ip_address).toBe('2001:db8:1::');
    expect(hard).toMatchObject({
      ...{
        location: `'=cmd|" /C calc"!A0`,
        region: '-5',
        audience: `'+x`,
        user_agent: 'a, "b"\r\nc',
        session_id: `'@s`,
      },
      ...{ ip_address: '203.0.113.0', user_id: '7', is_viewable: 'true', viewable_duration: '1500', clicked: 'false' },
      ...{ cpi_rate: '0.250000', created_at: '2026-11-02T12:00:00.500000Z', clicked_at: '' },
    });
  });

  it('is, as ndjson, the row as an object with types', async () => {
    const lines = (await text('what=impressions&format=ndjson')).trimEnd().split('\n');
    const [first, , last] = lines.map((line) => JSON.parse(line));
    expect(Object.keys(first)).toEqual([...(await columnsOf('campaign_impressions')), 'verdict']);
    expect(last).toMatchObject({
      id: ids[2],
      user_id: 7,
      is_viewable: true,
      cpi_rate: 0.25,
      location: '=cmd|" /C calc"!A0',
    });
    expect([lines.length, first.user_id, first.verdict]).toEqual([3, null, null]);
  });

  it('goes on after an id', async () => {
    const rest = readRecords(await text(`what=impressions&after=${ids[0]}`));
    expect(rest.map((row) => Number(row.id))).toEqual(ids.slice(1));
    expect(readRecords(await text(`what=impressions&after=${ids[2]}`))).toEqual([]);
  });

  it('is packed for who takes that, and says what it is', async () => {
    const reply = await exported(app.url, id, 'what=impressions', { headers: { 'accept-encoding': 'br, gzip;q=0.5' } });
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="campaign-${id}-impressions.csv"`,
      'cache-control': 'no-store',
      vary: 'Accept-Encoding',
    });
    expect(await reply.text()).toBe(await text('what=impressions'));
    const none = await exported(app.url, id, 'what=impressions', { headers: { 'accept-encoding': 'gzip;q=0' } });
    expect(none.headers.get('content-encoding')).toBeNull();
  });
});

describe('other exports', () => {
  it('engagement is whole, but does not say whose a save or a follow is; a comment has its status as verdict, and no text unless it is shown', async () => {
    const own = await campaign(app);
    const at = '2026-11-02T12:00Z';
    await engaged(app, own, at, { engagement_type: 'save', user_id: 9, device_type: 'mobile' });
    await engaged(app, own, at, { engagement_type: 'like', user_id: 9 });
    const shown = await engaged(app, own, at, { engagement_type: 'comment', user_id: 9, comment_text: '=1+1' });
    const held = await engaged(app, own, at, { engagement_type: 'comment', user_id: 9, comment_text: 'held' });
    await app.pool.query(
      `insert into comment_state (comment_id, campaign_id, status) values (${held}, ${own}, 'pending')`,
    );
    const read = async (what: string) => readRecords(await (await exported(app.url, own, `what=${what}`)).text());
    const lines = (await read('engagement')).map((row) => [
      row.engagement_type,
      row.user_id,
      row.comment_text,
      row.verdict,
    ]);
    expect(lines).toEqual([
      ['save', '', '', ''],
      ['like', '9', '', ''],
      ['comment', '9', `'=1+1`, 'published'],
      ['comment', '9', '', 'pending'],
    ]);
    expect((await read('comments')).map((row) => Number(row.id))).toEqual([shown, held]);
  });

  it('stats are the cells of the rollup, their class as the verdict', async () => {
    const cells = readRecords(await text('what=stats'));
    const columns = await columnsOf('impression_quarter_hourly');
    expect(Object.keys(cells[0] ?? {})).toEqual([...columns.filter((name) => name !== 'traffic_class'), 'verdict']);
    expect(cells.map(({ impressions, verdict, spend }) => [impressions, verdict, spend])).toContainEqual([
      '1',
      'crawler',
      '0.000000',
    ]);
    expect(cells.every(({ quarter_hour }) => quarter_hour === '2026-11-02T12:00:00.000000Z')).toBe(true);
  });

  it('of a campaign with nothing is its header', async () => {
    const empty = await campaign(app);
    expect(readCsv(await (await exported(app.url, empty, 'what=comments')).text())).toHaveLength(1);
    expect(await (await exported(app.url, empty, 'what=comments&format=ndjson')).text()).toBe('');
  });
});

it('an export is the owner’s and the admins’ alone, and says what it does not know', async () => {
  const get = async (as: ReturnType<typeof apiAs>, query: string) =>
    refusalOf(await as('GET', `/campaigns/${id}/export?${query}`));
  expect(await get(apiAs(app.url, null), 'what=impressions')).toBe('401 unauthenticated');
  expect(await get(await user(app.url, 3), 'what=impressions')).toBe('403 forbidden');
  expect(await get(await advertiser(app.url, 6), 'what=nothing')).toBe('403 forbidden');
  for (const query of [
    '',
    'what=users',
    'what=stats&after=3',
    'what=impressions&format=xlsx',
    'what=impressions&after=x',
  ]) {
    expect(await get(await admin(app.url), query)).toBe('400 invalid_query');
  }
  expect(refusalOf(await (await admin(app.url))('GET', '/campaigns/999999/export?what=stats'))).toBe(
    '404 unknown_campaign',
  );
});
