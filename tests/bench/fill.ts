import pg from 'pg';

/** Rows a statement: what a busy importer would send, and small enough for a progress line now and then. */
const chunk = 50_000;

interface Filling {
  url: string;
  campaignId: number;
  count: number;
  /** Over how long impressions are spread. */
  days?: number;
  told: (line: string) => void;
}

/**
 * Impressions of one campaign through the triggers: a quarter as many viewers, over a week (or `days`), every placement, audience and
 * device and ten regions, a third viewable, one click in fifty.
 */
export function fillImpressions(filling: Filling): Promise<void> {
  return inChunks(
    filling,
    'impressions',
    `insert into campaign_impressions (campaign_id, session_id, placement, audience, region, device_type, cpi_rate,
       created_at, is_viewable, clicked, converted)
     select $1, 'session ' || n % greatest($4::int / 4, 1), (array['placeholder', 'widget', 'popup', 'insession'])[1 + n % 4],
       (array['tutor', 'student', 'parent', 'advertiser', 'user'])[1 + n % 5], 'region ' || n % 10,
       (array['mobile', 'tablet', 'desktop', 'other'])[1 + n / 7 % 4], 0.01,
       timestamptz '2026-11-01 00:00+00' + n * (interval '${filling.days ?? 7} days' / $4::int), n % 3 = 0, n % 50 = 0, n % 500 = 0
     from generate_series($2::int, $3::int) n`,
  );
}

/** A quarter comments (one in five opens a thread), a quarter likes of comments, the rest reactions and shares. */
export async function fillEngagement({ url, campaignId, count, told }: Filling): Promise<void> {
  const quarter = Math.floor(count / 4);
  const opening = Math.max(1, Math.floor(quarter / 5));
  const comment = `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)`;
  const fill = (rows: number, what: string, text: string) =>
    inChunks({ url, campaignId, count: rows, told }, what, text);
  await fill(
    opening,
    'comments',
    `${comment} select $1, n, 'comment', 'A comment of this bench, number ' || n, null
     from generate_series($2::int, $3::int) n where $4::int > 0`,
  );
  // Each answers a comment before it, so that threads get deep as well as wide.
  await fill(
    quarter - opening,
    'replies',
    `with known as (select id, row_number() over (order by id) as place from campaign_engagement
       where campaign_id = $1 and engagement_type = 'comment')
     ${comment} select $1, n, 'comment', 'A reply of this bench, number ' || n, known.id
     from generate_series($2::int, $3::int) n
     join known on known.place = 1 + n * 7919::bigint % (select count(*) from known) where $4::int > 0`,
  );
  await fill(
    quarter,
    'likes of comments',
    `with known as (select id, row_number() over (order by id) as place from campaign_engagement
       where campaign_id = $1 and engagement_type = 'comment')
     insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select $1, n, 'like', known.id from generate_series($2::int, $3::int) n
     join known on known.place = 1 + n * 104729::bigint % (select count(*) from known) where $4::int > 0`,
  );
  await fill(
    count - 2 * quarter,
    'reactions',
    `insert into campaign_engagement (campaign_id, user_id, engagement_type)
     select $1, n, (array['like', 'like', 'save', 'bookmark', 'share'])[1 + n % 5]
     from generate_series($2::int, $3::int) n where $4::int > 0`,
  );
}

/** `text` has the campaign, the first and the last number of a chunk and the number of all as $1 to $4. */
async function inChunks({ url, campaignId, count, told }: Filling, what: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (let first = 1; first <= count; first += chunk) {
      const last = Math.min(count, first + chunk - 1);
      await client.query(text, [campaignId, first, last, count]);
      told(`campaign ${campaignId}: ${last} of ${count} ${what}`);
    }
    await client.query('analyze');
  } finally {
    await client.end();
  }
}

/** Comments at the top level, each tenth of a second one, with none to four likes. */
export async function fillThread(filling: Filling): Promise<void> {
  await inChunks(
    filling,
    'comments of a thread',
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, created_at)
     select $1, n % 1000 + 1, 'comment', 'A comment of this bench, number ' || n,
       timestamptz '2026-11-01 00:00+00' + n * interval '100 ms'
     from generate_series($2::int, $3::int) n where $4::int > 0`,
  );
  await inChunks(
    filling,
    'of them liked',
    `with known as (select id, row_number() over (order by id) as place from campaign_engagement
       where campaign_id = $1 and engagement_type = 'comment')
     insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
     select $1, 5000 + n, 'like', id from known, generate_series(1, (place % 5)::int) n
     where place between $2::int and $3::int and $4::int > 0`,
  );
}
