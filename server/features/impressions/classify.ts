/**
 * The rules of now over what is stored: verdicts move both ways, and counters, rollups and live frames follow by the
 * triggers. A campaign at a time:
 *   1. names:   its user agents are looked up in the list of crawlers, here
 *   2. compare: one snapshot says which verdicts differ from the rules; read by a cursor, so memory is bounded
 *   3. move:    a thousand at a time, each in a transaction under the campaign's stream, and only where the row is as read
 * Writers go on meanwhile. What they changed between 2 and 3 is seen by another pass; it may be ended at any moment.
 */
import pg from 'pg';
import { isConflictError } from '../../platform/db.ts';
import { crawlerListVersion, isCrawler } from './crawlers.ts';

export const trafficRules = ['user_agent', 'impressions_per_minute', 'click_delay'] as const;
export type TrafficRule = (typeof trafficRules)[number];

const moveSize = 1_000;
const agentPage = 10_000;
const passes = 3;
const attempts = 5;

export interface ClassifyOptions {
  campaign?: number | undefined;
  rule?: TrafficRule | undefined;
  dryRun?: boolean | undefined;
  onProgress?: (done: number, total: number) => void;
}

/** How many impressions went from one class to another; null is valid. Equal classes: only the rule's version is new. */
export interface TrafficMoves {
  from: string | null;
  to: string | null;
  impressions: number;
}

interface MoveRow {
  impression_id: string;
  was_class: string | null;
  class: string | null;
}

export async function classifyDatabase(databaseUrl: string, options: ClassifyOptions) {
  const connect = async () => {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'campaign-pulse classify' });
    client.on('error', () => {}); // the query under way rejects with the same
    await client.connect();
    return client;
  };
  const [reader, writer] = [await connect(), await connect()];
  const moves = new Map<string, TrafficMoves>();
  try {
    const { rows } = await reader.query<{ id: string }>(
      'select id::text from campaign_profile where $1::bigint is null or id = $1 order by campaign_profile.id',
      [options.campaign ?? null],
    );
    for (const [done, { id }] of rows.entries()) {
      options.onProgress?.(done, rows.length);
      for (let pass = 1; pass <= passes; pass++) {
        const moved = await classifyCampaign(reader, options.dryRun ? null : writer, id, options.rule ?? null, moves);
        if (moved === 0 || options.dryRun) break;
      }
    }
    options.onProgress?.(rows.length, rows.length);
    return { campaigns: rows.length, moves: [...moves.values()] };
  } finally {
    await Promise.all([reader.end(), writer.end()]);
  }
}

/** Answers how many verdicts differed. Without a writer nothing is moved. */
async function classifyCampaign(
  reader: pg.Client,
  writer: pg.Client | null,
  campaign: string,
  rule: TrafficRule | null,
  moves: Map<string, TrafficMoves>,
): Promise<number> {
  const crawlers = await crawlersOf(reader, campaign);
  let differing = 0;
  await reader.query('begin isolation level repeatable read read only');
  try {
    // A cursor takes no parameters.
    const agents = `array(select jsonb_array_elements_text(${pg.escapeLiteral(JSON.stringify(crawlers))}::jsonb))`;
    const by = rule === null ? 'null' : pg.escapeLiteral(rule);
    await reader.query(
      `declare moves no scroll cursor for select * from traffic_moves(${campaign}, ${agents}, ${crawlerListVersion}, ${by})`,
    );
    for (;;) {
      const { rows } = await reader.query<MoveRow>(`fetch ${moveSize} from moves`);
      differing += rows.length;
      if (rows.length > 0 && writer) await move(writer, campaign, rows);
      for (const { was_class: from, class: to } of rows) {
        const kind = moves.get(`${from} ${to}`) ?? { from, to, impressions: 0 };
        kind.impressions++;
        moves.set(`${from} ${to}`, kind);
      }
      if (rows.length < moveSize) return differing;
    }
  } finally {
    await reader.query('rollback');
  }
}

async function move(writer: pg.Client, campaign: string, rows: MoveRow[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await writer.query('select move_verdicts($1, $2)', [campaign, JSON.stringify(rows)]);
      return;
    } catch (error) {
      if (!isConflictError(error) || attempt === attempts) throw error;
    }
  }
}

/** The user agents of the campaign that the list knows, from page to page. */
async function crawlersOf(reader: pg.Client, campaign: string): Promise<string[]> {
  const crawlers: string[] = [];
  for (let after = ''; ; ) {
    const { rows } = await reader.query<{ agent: string }>(
      `select distinct user_agent as agent from campaign_impressions
       where campaign_id = $1 and user_agent > $2 order by 1 limit ${agentPage}`,
      [campaign, after],
    );
    crawlers.push(...rows.map(({ agent }) => agent).filter(isCrawler));
    if (rows.length < agentPage) return crawlers;
    after = rows.at(-1)?.agent ?? after;
  }
}
