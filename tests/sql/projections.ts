import type pg from 'pg';

type Db = Pick<pg.Client, 'query'>;
const rowsOf = async (db: Db, sql: string): Promise<Record<string, unknown>[]> => (await db.query(sql)).rows;

/** A comparison: rows that stand in one of the two queries and not in the other, as sentences. */
async function differences(db: Db, what: string, stored: string, truth: string): Promise<string[]> {
  const rows = await rowsOf(
    db,
    `select 'stored' as side, to_jsonb(x)::text as row from ((${stored}) except all (${truth})) x
     union all select 'counted', to_jsonb(x)::text from ((${truth}) except all (${stored})) x`,
  );
  return rows.map(({ side, row }) => `${what}: ${side} ${row}`);
}

const counts = 'likes, shares, comments, saves, bookmarks, impressions, viewable, clicks, conversions, reach, spend';
const place = 'comment_id, campaign_id, parent_id, depth, created_at, likes, replies, descendants';
const cell = 'campaign_id, hour, placement, audience, region, device_type';
const sums = 'impressions, viewable, clicks, conversions, uniques, spend';
const valid = 'not exists (select from impression_verdict v where v.impression_id = i.id)';
const viewer = `case when user_id is null then 's:' || session_id else 'u:' || user_id end`;

const invalid = 'campaign_impressions i join impression_verdict v on v.impression_id = i.id';

/** Every impression with its meaning, from the raw rows and nothing else. */
const seen = `select i.*, ${viewer} as viewer,
    row_number() over (partition by campaign_id, ${viewer} order by id) = 1 as is_first
  from campaign_impressions i where ${valid}`;

/**
 * All that is wrong with what is derived from the raw rows, as sentences; [] when projections, flags and log are right.
 * Its counts are queries of its own; the two functions that recount for the server are compared beside them.
 */
export async function projectionFaults(db: Db): Promise<string[]> {
  const comment = `engagement_type = 'comment' and coalesce(s.status, 'published') in ('published', 'approved')`;
  const counted = `select p.id as campaign_id,
      count(*) filter (where engagement_type = 'like' and parent_comment_id is null) as likes,
      count(*) filter (where engagement_type = 'share') as shares, count(*) filter (where ${comment}) as comments,
      count(*) filter (where engagement_type = 'save') as saves,
      count(*) filter (where engagement_type = 'bookmark') as bookmarks
    from campaign_profile p left join campaign_engagement e on e.campaign_id = p.id
    left join comment_state s on s.comment_id = e.id group by p.id`;
  const metrics = `select p.id as campaign_id, count(i.id) as impressions, count(*) filter (where is_viewable) as viewable,
      count(*) filter (where clicked) as clicks, count(*) filter (where converted) as conversions,
      count(distinct viewer) as reach, coalesce(sum(i.cpi_rate), 0) as spend
    from campaign_profile p left join (${seen}) i on i.campaign_id = p.id group by p.id`;
  const compared: [what: string, stored: string, truth: string][] = [
    [
      'campaign_counters',
      `select campaign_id, ${counts} from campaign_counters`,
      `select campaign_id, ${counts} from (${counted}) e join (${metrics}) i using (campaign_id)`,
    ],
    [
      'campaign_counters_from_raw',
      `select campaign_id, ${counts} from campaign_counters`,
      `select campaign_id, ${counts} from (select id from campaign_profile) p, campaign_counters_from_raw(p.id, 0)`,
    ],
    [
      'comment_counters_from_raw',
      `select ${place} from comment_counters`,
      `select ${place} from (select id from campaign_profile) p, comment_counters_from_raw(p.id, 0)`,
    ],
    [
      'campaign_viewers',
      'select * from campaign_viewers',
      `select campaign_id, viewer, count(*) from (${seen}) i group by 1, 2`,
    ],
    [
      'campaign_invalid_counters',
      'select * from campaign_invalid_counters',
      `select campaign_id, class, count(*), count(*) filter (where is_viewable), count(*) filter (where clicked),
         count(*) filter (where converted) from ${invalid} group by 1, 2`,
    ],
    [
      'campaign_invalid_viewers',
      'select * from campaign_invalid_viewers',
      `select campaign_id, ${viewer}, count(*) from ${invalid} group by 1, 2`,
    ],
    [
      'impression_hourly',
      `select ${cell}, ${sums} from impression_hourly where impressions <> 0`,
      `select campaign_id, date_trunc('hour', created_at, 'UTC'), coalesce(placement, ''), coalesce(audience, ''),
         coalesce(region, ''), coalesce(device_type, ''), count(*), count(*) filter (where is_viewable),
         count(*) filter (where clicked), count(*) filter (where converted), count(*) filter (where is_first),
         coalesce(sum(cpi_rate), 0) from (${seen}) i group by 1, 2, 3, 4, 5, 6`,
    ],
    [
      'impression_quarter_hourly',
      'select * from impression_quarter_hourly where impressions <> 0',
      `select campaign_id, date_bin('15 min', i.created_at, '2026-01-01T00:00Z'), coalesce(placement, ''),
         coalesce(audience, ''), coalesce(region, ''), coalesce(device_type, ''), coalesce(location, ''),
         coalesce(v.class, 'valid'), count(*), count(*) filter (where is_viewable), count(*) filter (where clicked),
         count(*) filter (where converted), sum(case when v.class is null then coalesce(i.cpi_rate, 0) else 0 end)
       from campaign_impressions i left join impression_verdict v on v.impression_id = i.id
       group by 1, 2, 3, 4, 5, 6, 7, 8`,
    ],
    [
      'empty cells of quarter hours',
      `select campaign_id from impression_quarter_hourly where impressions = 0 and
      (viewable, clicks, conversions, spend) <> (0, 0, 0, 0)`,
      `select campaign_id from impression_quarter_hourly where false`,
    ],
    [
      'empty cells',
      `select ${cell}, ${sums} from impression_hourly where impressions = 0 and
      (viewable, clicks, conversions, uniques, spend) <> (0, 0, 0, 0, 0)`,
      `select ${cell}, ${sums} from impression_hourly where false`,
    ],
    [
      'is_unique_impression',
      `select id, is_unique_impression from campaign_impressions i where ${valid}`,
      `select id, is_first from (${seen}) i`,
    ],
    [
      'the log is dense',
      `select stream, head from live_stream s where exists (select from live_event e where e.stream = s.stream) or head > 1`,
      // From 2 on where a new epoch began (begin_epoch).
      `select stream, max(seq) from live_event group by stream having min(seq) <= 2 and count(*) = max(seq) - min(seq) + 1`,
    ],
    [
      'versions are the stream’s',
      `select stream from live_stream s where version < (
        select coalesce(max(v), 0) from (
          select version as v from campaign_counters where campaign_stream(campaign_id) = s.stream
          union all select version from comment_counters where campaign_stream(campaign_id) = s.stream
          union all select version from live_event e where e.stream = s.stream) x)`,
      `select stream from live_stream where false`,
    ],
    [
      'comment_state',
      'select comment_id, campaign_id from comment_state',
      `select s.comment_id, e.campaign_id from comment_state s join campaign_engagement e
         on e.id = s.comment_id and e.engagement_type = 'comment'`,
    ],
  ];
  const found: string[] = [];
  for (const [what, stored, truth] of compared) found.push(...(await differences(db, what, stored, truth)));
  return [...found, ...(await treeFaults(db))];
}

/** comment_counters against a walk over the tree by hand. */
async function treeFaults(db: Db): Promise<string[]> {
  const rows = await rowsOf(
    db,
    `select e.id::text, parent_comment_id::text as parent, engagement_type as type,
       coalesce(s.status, 'published') in ('published', 'approved') as shown
     from campaign_engagement e left join comment_state s on s.comment_id = e.id order by e.id`,
  );
  const all = new Map(rows.filter(({ type }) => type === 'comment').map((row) => [row.id, row]));
  const truth = new Map([...all.keys()].map((id) => [id, { depth: 0, likes: 0, replies: 0, descendants: 0 }]));
  for (const { id, type, parent, shown } of rows) {
    const above = truth.get(parent);
    if (type === 'like' && above) above.likes++;
    if (type !== 'comment') continue;
    if (shown && above) above.replies++;
    for (let at = all.get(parent), own = truth.get(id); at && own; at = all.get(at.parent)) {
      own.depth++;
      const ancestor = truth.get(at.id);
      if (shown && ancestor) ancestor.descendants++;
      if (own.depth > rows.length) return [`comment ${id} stands below itself`];
    }
  }
  const stored = await rowsOf(
    db,
    `select comment_id::text as id, depth::int, likes::int, replies::int, descendants::int from comment_counters`,
  );
  const line = (id: unknown, counted: object) => `comment ${id}: ${JSON.stringify(counted)}`;
  const expected = new Set([...truth].map(([id, counted]) => line(id, counted)));
  const found = new Set(stored.map(({ id, ...counted }) => line(id, counted)));
  return [
    ...[...expected].filter((one) => !found.has(one)).map((one) => `by hand ${one}`),
    ...[...found].filter((one) => !expected.has(one)).map((one) => `stored ${one}`),
  ];
}
