import type pg from 'pg';
import type { ExportQuery } from '../../contract/export.ts';

/** A statement whose rows are lines of an export. */
export interface Source {
  columns: string[];
  /** Which of them are free text, where a formula may hide. */
  texts: boolean[];
  text: string;
  values: unknown[];
}

type Kind = Pick<ExportQuery, 'what' | 'format' | 'after'>;

const tables = {
  impressions: 'campaign_impressions',
  engagement: 'campaign_engagement',
  comments: 'campaign_engagement',
  stats: 'impression_quarter_hourly',
};

/** Whose save or follow it is, is told to nobody. */
const personal = new Set(['user_id', 'profile_id', 'profile_type', 'impression_id', 'device_type', 'location']);

/** For csv a row is its cells as text, for ndjson one cell with the object. Column names come from the catalogue. */
export async function sourceOf(
  db: Pick<pg.ClientBase, 'query'>,
  campaignId: number,
  { what, format, after = 0 }: Kind,
): Promise<Source> {
  const { rows } = await db.query<{ name: string; type: string }>(
    `select attname as name, atttypid::regtype::text as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [tables[what]],
  );
  const told = rows.filter(({ name }) => what !== 'stats' || name !== 'traffic_class');
  const cells = told.map(({ name, type }) => `${cellOf(what, name, type)} as "${name}"`);
  const { verdict, from, order } = parts[what];
  const list = [...cells, `${verdict} as verdict`].join(', ');
  const rest = `from ${from} where r.campaign_id = $1`;
  const text =
    format === 'csv'
      ? `select ${list} ${rest} ${order}`
      : `select row_to_json(l)::text from (select ${list} ${rest} ${order}) l`;
  return {
    columns: [...told.map(({ name }) => name), 'verdict'],
    texts: [...told.map(({ type }) => type === 'text'), true],
    text,
    values: what === 'stats' ? [campaignId] : [campaignId, after],
  };
}

const byId = 'and r.id > $2 order by r.id';
const engagement = {
  verdict: `case when r.engagement_type = 'comment' then coalesce(s.status, 'published') end`,
  from: 'campaign_engagement r left join comment_state s on s.comment_id = r.id',
  order: byId,
};
const parts: Record<ExportQuery['what'], { verdict: string; from: string; order: string }> = {
  impressions: {
    verdict: 'v.class',
    from: 'campaign_impressions r left join impression_verdict v on v.impression_id = r.id',
    order: byId,
  },
  engagement,
  comments: { ...engagement, order: `and r.engagement_type = 'comment' ${byId}` },
  stats: {
    verdict: 'r.traffic_class',
    from: 'impression_quarter_hourly r',
    order: `and r.impressions <> 0
      order by quarter_hour, placement, audience, region, device_type, location, traffic_class`,
  },
};

function cellOf(what: ExportQuery['what'], name: string, type: string): string {
  const column = `r."${name}"`;
  const value =
    type === 'inet'
      ? `host(network(set_masklen(${column}, case family(${column}) when 4 then 24 else 48 end)))`
      : type === 'timestamp with time zone'
        ? `iso(${column})`
        : column;
  // What nobody else is shown the owner isn't either: a comment that is held, rejected or taken back.
  if (name === 'comment_text') return `case when comment_is_shown(s.status) then ${value} end`;
  return what === 'engagement' && personal.has(name)
    ? `case when r.engagement_type not in ('save', 'bookmark') then ${value} end`
    : value;
}
