import pg from 'pg';
import { expect } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { endWithFile } from '../support/ending.ts';
import type { Untyped } from '../support/untyped.ts';
import { recounted } from './projection-recount.ts';
import { projectionFaults } from './projections.ts';

type Row = Record<string, Untyped>;

/** Any other program on a database of its own: psql, say. */
export async function psql() {
  const database = await freshDatabase();
  const client = new pg.Client({ connectionString: database.url });
  client.setTypeParser(pg.types.builtins.INT8, Number);
  await client.connect();
  endWithFile({ stop: () => client.end().then(database.drop) });
  const run = async (sql: string, values: unknown[] = []): Promise<Row[]> => (await client.query(sql, values)).rows;

  return {
    url: database.url,
    client,
    run,
    /** Live campaigns, by id. */
    campaigns: async (count: number): Promise<number[]> => {
      const made = await run(
        `insert into campaign_profile (name, advertiser_id, brand_id, cpi_rate, launched_at)
         select 'Campaign', 5, 70, 0.25, now() from generate_series(1, $1) returning id`,
        [count],
      );
      return made.map(({ id }) => id);
    },
    /** A row of campaign_engagement with nothing but what it needs; its id. */
    engage: async (campaign: number, user: number, type: string, parent?: number, text?: string): Promise<number> => {
      const made = await run(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id, comment_text)
         values ($1, $2, $3, $4, $5) returning id`,
        [campaign, user, type, parent ?? null, text ?? (type === 'comment' ? `by ${user}` : null)],
      );
      return made[0]?.id;
    },
    /** A row of campaign_impressions with what it needs and these columns; its id. */
    see: async (campaign: number, session: string, columns: Row = {}): Promise<number> => {
      const row: Row = { campaign_id: campaign, session_id: session, ...columns };
      const places = Object.keys(row).map((_, place) => `$${place + 1}`);
      const made = await run(
        `insert into campaign_impressions (${Object.keys(row)}) values (${places}) returning id`,
        Object.values(row),
      );
      return made[0]?.id;
    },
    /** The counts that are not zero. */
    counters: async (campaign: number): Promise<Row | undefined> => {
      const [row] = await run(
        `select likes, shares, comments, saves, bookmarks, impressions, viewable, clicks, conversions, reach, spend::float8
         from campaign_counters where campaign_id = $1`,
        [campaign],
      );
      return row && Object.fromEntries(Object.entries(row).filter(([, count]) => count !== 0));
    },
    comment: async (id: number): Promise<Row | undefined> =>
      (await run('select depth, likes, replies, descendants from comment_counters where comment_id = $1', [id]))[0],
    /** The campaign's log as `name id`, oldest first. */
    log: async (campaign: number): Promise<string[]> => {
      const rows = await run(
        `select name || ' ' || (data->>'id') as line from live_event where stream = campaign_stream($1) order by seq`,
        [campaign],
      );
      return rows.map(({ line }) => line);
    },
    /** Asserts that everything derived is what the raw rows say. */
    proven: async () => {
      expect(await projectionFaults(client)).toEqual([]);
      const { stored, recounted: fresh } = await recounted(client);
      expect(stored).toEqual(fresh);
    },
    /** The SQLSTATE and the constraint of a statement that has to be refused. */
    refused: async (sql: string, values: unknown[] = []): Promise<string> =>
      client.query(sql, values).then(
        () => 'accepted',
        ({ code, constraint }: pg.DatabaseError) => `${code} ${constraint}`,
      ),
  };
}

export type Psql = Awaited<ReturnType<typeof psql>>;

/** top ─┬─ left ── leaf, liked twice    and beside it another top-level comment */
export async function tree(db: Psql, campaign: number) {
  const top = await db.engage(campaign, 1, 'comment');
  const left = await db.engage(campaign, 2, 'comment', top);
  const right = await db.engage(campaign, 3, 'comment', top);
  const leaf = await db.engage(campaign, 4, 'comment', left);
  for (const user of [5, 6]) await db.engage(campaign, user, 'like', leaf);
  const other = await db.engage(campaign, 1, 'comment');
  return { top, left, right, leaf, other };
}
