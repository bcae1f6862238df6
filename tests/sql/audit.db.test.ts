import { beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';
import { audited } from './counting-play.ts';

let db: Psql;
const event = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

/**
 * Campaign 1: comments 1 ── 2 ── 3, of which 3 is liked and 2 was edited; a like 5, a share 6 by mail; impressions 1 and 2
 * of one viewer and 3 of another, invalid; 1 came with event 1 and was viewed, clicked and converted. Campaign 2: a like 7.
 */
beforeAll(async () => {
  db = await psql();
  await db.campaigns(2);
  const [top, reply] = [await db.engage(1, 1, 'comment'), await db.engage(1, 2, 'comment', 1)];
  const leaf = await db.engage(1, 3, 'comment', reply);
  await db.engage(1, 4, 'like', leaf);
  await db.engage(1, 4, 'like');
  await db.run(`insert into share_channel values ($1, 'mail')`, [await db.engage(1, 4, 'share')]);
  await db.engage(2, 4, 'like');
  expect([top, reply, leaf]).toEqual([1, 2, 3]);
  await db.run(`update campaign_engagement set comment_text = 'edited' where id = 2`);
  for (const session of ['s1', 's1'])
    await db.see(1, session, { placement: 'widget', created_at: '2026-01-01T12:30Z' });
  await db.run(
    `with judged as (insert into impression_verdict values (3, 'bot', 'crawler', 1))
     insert into campaign_impressions (id, campaign_id, session_id) overriding system value values (3, 1, 's2')`,
  );
  await db.run(
    'update campaign_impressions set is_viewable = true, viewable_duration = 1500, clicked = true, converted = true where id = 1',
  );
  await db.run(
    `insert into impression_event (event_id, type, impression_event_id, impression_id, duration_ms, occurred_at)
     select format('00000000-0000-4000-8000-00000000000%s', n)::uuid, type, case n when 1 then null else $1::uuid end, 1,
       case type when 'viewable' then 1500 end, now()
     from unnest(array['impression', 'viewable', 'click', 'conversion']) with ordinality as t (type, n)`,
    [event(1)],
  );
});

/** What the audit finds after these statements, which no trigger and no foreign key sees; then they are undone. */
async function found(sql: string): Promise<string[]> {
  await db.run('begin');
  try {
    await db.run('set local session_replication_role = replica');
    await db.run(sql);
    const rows = await audited(db.client);
    return rows
      .map(({ projection, key, stored, counted }) => `${projection} ${key}: ${short(stored)}, ${short(counted)}`)
      .sort();
  } finally {
    await db.run('rollback');
  }
}
const short = (value: string | null) => (value?.startsWith('{') ? 'row' : value);

const counts = [
  'likes',
  'shares',
  'comments',
  'saves',
  'bookmarks',
  'impressions',
  'viewable',
  'clicks',
  'conversions',
  'reach',
  'spend',
];
const sums = ['impressions', 'viewable', 'clicks', 'conversions', 'uniques', 'spend'];
const cell = '2026-01-01 12:00:00+00 widget   ';

it('finds nothing where nothing is wrong', async () => {
  expect(await found('select')).toEqual([]);
});

describe('finds in the projections', () => {
  it.each(counts)('a count that is off: %s', async (column) => {
    const off = `update campaign_counters set ${column} = ${column} + 1 where campaign_id = 1`;
    expect(await found(off)).toEqual(['campaign_counters 1: row, row']);
  });

  it.each(sums)('a cell that is off: %s', async (column) => {
    const off = `update impression_hourly set ${column} = ${column} + 1 where campaign_id = 1`;
    expect(await found(off)).toEqual([`impression_hourly ${cell}: row, row`]);
  });

  it.each(sums.filter((column) => column !== 'uniques'))('a cell of a quarter hour that is off: %s', async (column) => {
    const off = `update impression_quarter_hourly set ${column} = ${column} + 1 where traffic_class = 'valid'`;
    expect(await found(off)).toEqual(['impression_quarter_hourly 2026-01-01 12:30:00+00 widget     valid: row, row']);
  });

  it.each([
    'likes = 7',
    'replies = 7',
    'descendants = 7',
    'depth = 7',
    'parent_id = null',
    `created_at = now() - interval '1 day'`,
  ])('a comment that is off: %s', async (change) => {
    expect(await found(`update comment_counters set ${change} where comment_id = 2`)).toEqual([
      'comment_counters 2: row, row',
    ]);
  });

  it.each([
    ['a campaign uncounted', 'delete from campaign_counters where campaign_id = 2', ['campaign_counters 2: null, row']],
    [
      'a campaign that is not there',
      'insert into campaign_counters (campaign_id) values (99)',
      ['campaign_counters 99: row, null'],
    ],
    ['a comment uncounted', 'delete from comment_counters where comment_id = 3', ['comment_counters 3: null, row']],
    [
      'a comment that is not there',
      'insert into comment_counters (comment_id, campaign_id, depth, created_at) values (98, 1, 0, now()), (99, 97, 0, now())',
      ['comment_counters 98: row, null', 'comment_counters 99: row, null'],
    ],
    [
      'a comment under another campaign',
      'update comment_counters set campaign_id = 2 where comment_id = 3',
      [
        'comment_counters 3: null, row',
        'comment_counters 3: row, null',
        'live_stream campaign:2: version 1, version 4 of comment_counters',
      ],
    ],
    ['a viewer uncounted', 'delete from campaign_viewers', ['campaign_viewers s:s1: null, 2']],
    ['a viewer counted otherwise', 'update campaign_viewers set impressions = 9', ['campaign_viewers s:s1: 9, 2']],
    [
      'a viewer that is not there, also of no campaign',
      `insert into campaign_viewers values (1, 'u:9', 1), (97, 'u:9', 1)`,
      ['campaign_viewers u:9: 1, null'],
    ],
    [
      'a cell uncounted',
      'delete from impression_hourly where impressions > 0',
      [`impression_hourly ${cell}: null, row`],
    ],
    [
      'a cell of no impression',
      `insert into impression_hourly (campaign_id, hour, impressions) values (97, '2026-01-01T12:00Z', 1)`,
      ['impression_hourly 2026-01-01 12:00:00+00    : row, null'],
    ],
    [
      'an empty cell, which is none',
      `insert into impression_hourly (campaign_id, hour) values (1, '2026-01-01T13:00Z')`,
      [],
    ],
    [
      'a flag',
      'update campaign_impressions set is_unique_impression = false where id = 1',
      ['is_unique_impression 1: false, true'],
    ],
    [
      'a flag of an invalid one',
      'update campaign_impressions set is_unique_impression = true where id = 3',
      ['is_unique_impression 3: true, false'],
    ],
  ])('%s', async (_, sql, expected) => {
    expect(await found(sql)).toEqual(expected);
  });
});

describe('finds what came past the triggers', () => {
  it.each([
    [
      'a like',
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) values (2, 9, 'like')`,
      ['campaign_counters 2: row, row'],
    ],
    [
      'a status',
      `insert into comment_state (comment_id, campaign_id, status) values (3, 1, 'removed')`,
      ['campaign_counters 1: row, row', 'comment_counters 1: row, row', 'comment_counters 2: row, row'],
    ],
    [
      'a verdict',
      `insert into impression_verdict values (1, 'bot', 'crawler', 1)`,
      [
        'campaign_counters 1: row, row',
        'campaign_invalid_counters bot: row, row',
        'campaign_invalid_viewers s:s1: null, 1',
        'campaign_viewers s:s1: 2, 1',
        `impression_hourly ${cell}: row, row`,
        'impression_quarter_hourly 2026-01-01 12:30:00+00 widget     bot: null, row',
        'impression_quarter_hourly 2026-01-01 12:30:00+00 widget     valid: row, row',
        'is_unique_impression 1: true, false',
        'is_unique_impression 2: false, true',
      ],
    ],
  ])('%s', async (_, sql, expected) => {
    expect(await found(sql)).toEqual(expected);
  });
});

describe('finds in the side tables', () => {
  it.each([
    [
      'a state beside a like',
      `insert into comment_state (comment_id, campaign_id) values (5, 1)`,
      ['comment_state 5: published, of campaign 1, a like of campaign 1'],
    ],
    [
      'a state of another campaign',
      'update comment_state set campaign_id = 2 where comment_id = 2',
      ['comment_state 2: published, of campaign 2, a comment of campaign 1'],
    ],
    [
      'a state of no comment',
      `insert into comment_state (comment_id, campaign_id) values (99, 1)`,
      ['comment_state 99: published, null'],
    ],
    [
      'a verdict of no impression',
      `insert into impression_verdict values (99, 'bot', 'crawler', 1)`,
      ['impression_verdict 99: bot, null'],
    ],
    ['a channel beside a like', `insert into share_channel values (5, 'mail')`, ['share_channel 5: mail, a like']],
    ['a channel of no share', `insert into share_channel values (99, 'mail')`, ['share_channel 99: mail, null']],
    [
      'an event that did not reach its impression',
      `update impression_event set impression_id = 2 where type <> 'impression'`,
      ['viewable', 'click', 'conversion'].map(
        (type, n) =>
          `impression_event ${event(n + 2)}: ${type}, impression 2: viewable f for 0 ms, clicked f, converted f`,
      ),
    ],
    [
      'a longer view than the impression knows',
      `update impression_event set duration_ms = 1501 where type = 'viewable'`,
      [`impression_event ${event(2)}: viewable, impression 1: viewable t for 1500 ms, clicked t, converted t`],
    ],
    [
      'an event that waits for what is there',
      `update impression_event set impression_id = null where type = 'click'`,
      [`impression_event ${event(3)}: click, waiting, impression 1`],
    ],
    [
      'an event of no impression',
      `update impression_event set impression_id = 99 where type = 'click'`,
      [`impression_event ${event(3)}: click of impression 99, null`],
    ],
  ])('%s', async (_, sql, expected) => {
    expect(await found(sql)).toEqual(expected);
  });
});
