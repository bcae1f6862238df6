import type { StatsDimension, StatsFilter } from '../../contract/stats.ts';
import type { Cuts } from './cuts.ts';
import type { EngagementMetric } from './figures.ts';

/** Which traffic counts; null: whatever the filters leave. */
export type Traffic = 'valid' | 'invalid' | 'all';

export interface FactsAsked {
  campaignId: number;
  cuts: Cuts;
  filters: StatsFilter[];
  traffic: Traffic;
  /** What of engagement is counted beside the impressions. */
  engagement: EngagementMetric[];
}

/** A part of a statement with the values of its $1, $2 … */
export interface Facts {
  sql: string;
  values: unknown[];
}

type Columns = Record<StatsDimension, string>;

const hourly: Columns = {
  placement: 'placement',
  audience: 'audience',
  region: 'region',
  device: 'device_type',
  location: `''`,
  trafficClass: `'valid'`,
};
const quarterHourly: Columns = { ...hourly, location: 'location', trafficClass: 'traffic_class' };
const raw: Columns = {
  placement: `coalesce(i.placement, '')`,
  audience: `coalesce(i.audience, '')`,
  region: `coalesce(i.region, '')`,
  device: `coalesce(i.device_type, '')`,
  location: `coalesce(i.location, '')`,
  trafficClass: `coalesce(v.class, 'valid')`,
};
const engaged: Columns = {
  placement: `''`,
  audience: `''`,
  region: `''`,
  device: `coalesce(e.device_type, '')`,
  location: `coalesce(e.location, '')`,
  trafficClass: `'valid'`,
};

const rawRows = 'campaign_impressions i left join impression_verdict v on v.impression_id = i.id';

/**
 * Everything of the range as rows (at, the six dimensions, the sums), from the coarsest source that answers. Dimensions
 * and operators come from fixed lists; what a client wrote is a value, never text of the statement.
 */
export function factsOf(asked: FactsAsked): Facts {
  const { campaignId, cuts, engagement } = asked;
  const { from, quarter, hour, hourEnd, quarterEnd, to } = cuts;
  const values: unknown[] = [campaignId, from, quarter, hour, hourEnd, quarterEnd, to];
  const where = conditions(asked, values);
  const nobody = '0 as likes, 0 as shares, 0 as comments';
  const sums = `impressions, viewable, clicks, conversions, spend, ${nobody}`;
  const parts = [
    `select quarter_hour as at, ${dimensions(quarterHourly)}, ${sums} from impression_quarter_hourly
     where campaign_id = $1 and (quarter_hour >= $3 and quarter_hour < $4 or quarter_hour >= $5 and quarter_hour < $6)
       ${where(quarterHourly)}`,
    `select i.created_at, ${dimensions(raw)}, 1, i.is_viewable::int, i.clicked::int, i.converted::int,
       case when v.impression_id is null then coalesce(i.cpi_rate, 0) else 0 end, ${nobody}
     from ${rawRows}
     where i.campaign_id = $1 and (i.created_at >= $2 and i.created_at < $3 or i.created_at >= $6 and i.created_at < $7)
       ${where(raw)}`,
  ];
  if (hour !== hourEnd) {
    parts.push(`select hour, ${dimensions(hourly)}, ${sums} from impression_hourly
      where campaign_id = $1 and hour >= $4 and hour < $5 ${where(hourly)}`);
  }
  if (engagement.length > 0) parts.push(engagementSql(engagement, where(engaged)));
  return { sql: parts.join('\nunion all\n'), values };
}

/** Who saw the impressions of the range: (at, user_id, session, the six dimensions). From the rows: people don't add up. */
export function viewersOf(asked: FactsAsked): Facts {
  const { campaignId, cuts } = asked;
  const values: unknown[] = [campaignId, cuts.from, cuts.to];
  const where = conditions(asked, values);
  return {
    sql: `select i.created_at as at, i.user_id, case when i.user_id is null then i.session_id end as session,
            ${dimensions(raw)}
          from ${rawRows} where i.campaign_id = $1 and i.created_at >= $2 and i.created_at < $3 ${where(raw)}`,
    values,
  };
}

/** Engagement of the whole range from its rows, by the index over campaign, type and time. */
const engagementSql = (wanted: EngagementMetric[], where: string) => `
  select e.created_at, ${dimensions(engaged)}, 0, 0, 0, 0, 0, (e.engagement_type = 'like')::int,
    (e.engagement_type = 'share')::int, (e.engagement_type = 'comment')::int
  from campaign_engagement e
  left join comment_state s on s.comment_id = e.id and e.engagement_type = 'comment'
  where e.campaign_id = $1 and e.created_at >= $2 and e.created_at < $7
    and (${wanted.map((metric) => counted[metric]).join(' or ')}) ${where}`;

const counted: Record<EngagementMetric, string> = {
  likes: `e.engagement_type = 'like' and e.parent_comment_id is null`,
  shares: `e.engagement_type = 'share'`,
  comments: `e.engagement_type = 'comment' and comment_is_shown(s.status)`,
};

function dimensions(columns: Columns): string {
  return Object.entries(columns)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(', ');
}

/** Appends what the filters compare with to `values`; answers how each source says it. */
function conditions({ filters, traffic }: FactsAsked, values: unknown[]): (columns: Columns) => string {
  const placed = filters.map(([operator, dimension, wanted]) => {
    values.push(wanted.map((value) => value ?? ''));
    return { operator, dimension, place: `$${values.length}::text[]` };
  });
  return (columns) => {
    const said = placed.map(({ operator, dimension, place }) => compare[operator](columns[dimension], place));
    // Of the rows, too, it could be said by the class; but of that the planner guesses that one row in two hundred is valid.
    if (columns === raw && traffic !== 'all') said.push(`v.impression_id is ${traffic === 'valid' ? '' : 'not '}null`);
    else if (columns !== engaged && traffic !== 'all') {
      said.push(`${columns.trafficClass} ${traffic === 'valid' ? '=' : '<>'} 'valid'`);
    }
    return said.map((condition) => `and ${condition}`).join(' ');
  };
}

const holds = (column: string, place: string) =>
  `exists (select from unnest(${place}) wanted where case wanted when '' then ${column} = '' else strpos(${column}, wanted) > 0 end)`;

const compare: Record<StatsFilter[0], (column: string, place: string) => string> = {
  is: (column, place) => `${column} = any (${place})`,
  is_not: (column, place) => `${column} <> all (${place})`,
  contains: holds,
  contains_not: (column, place) => `not ${holds(column, place)}`,
};
