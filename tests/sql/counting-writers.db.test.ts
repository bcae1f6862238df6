import pg from 'pg';
import { expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

/** The items of one batch for each write function, over these campaigns in this order. */
const batches: Record<string, (campaigns: number[], user: number) => object[]> = {
  write_reactions: (campaigns, user) =>
    campaigns.map((c, o) => ({
      o,
      c,
      u: user,
      t: ['like', 'save', 'bookmark'][o % 3],
      on: o % 4 > 0,
      pid: null,
      pt: null,
    })),
  add_shares: (campaigns, user) =>
    campaigns.map((c, o) => ({ o, c, u: user, channel: 'mail', scope: 'test', key: crypto.randomUUID(), print: '' })),
  add_comments: (campaigns, user) =>
    campaigns.map((c, o) => ({
      ...{ o, c, u: user, name: `User ${user}`, text: `comment ${o}`, parent: null, pid: null, pt: null },
      ...{ scope: 'test', key: crypto.randomUUID(), print: '' },
    })),
  record_impressions: (campaigns, user) =>
    campaigns.flatMap((c, place) => {
      const [o, event, at] = [place * 2, crypto.randomUUID(), new Date().toISOString()];
      return [
        { o, type: 'click', event: crypto.randomUUID(), of: event, at },
        { o: o + 1, type: 'impression', event, c, u: user, session: 's1', placement: 'widget', at },
      ];
    }),
};

async function write(client: pg.Client, name: string, items: object[]): Promise<number[]> {
  const { rows } = await client.query(`select status from ${name}($1::jsonb)`, [JSON.stringify(items)]);
  return rows.map(({ status }) => status);
}
const deadlocks = async (db: Psql) =>
  (await db.run(`select deadlocks::int as count from pg_stat_database where datname = current_database()`))[0]?.count;

it('batches over many campaigns in opposite order, of all kinds at once, never deadlock and lose nothing', {
  timeout: 60_000,
}, async () => {
  const db = await psql();
  const campaigns = await db.campaigns(30);
  const backwards = [...campaigns].reverse();
  const clients = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const client = new pg.Client({ connectionString: db.url });
      await client.connect();
      return client;
    }),
  );
  const names = Object.keys(batches);
  await Promise.all(
    clients.map(async (client, n) => {
      for (let round = 0; round < 12; round++) {
        const name = names[(n + round) % names.length] ?? '';
        const items = batches[name]?.(n % 2 ? campaigns : backwards, 1 + (round % 3)) ?? [];
        const statuses = await write(client, name, items);
        expect(statuses).toHaveLength(items.length);
        for (const status of statuses) expect([200, 201, 202]).toContain(status);
      }
    }),
  );
  await Promise.all(clients.map((client) => client.end()));
  expect(await deadlocks(db)).toBe(0);
  const each = 2 * 12; // eight connections, twelve rounds, four kinds
  for (const id of campaigns) {
    expect(await db.counters(id)).toMatchObject({
      shares: each,
      comments: each,
      impressions: each,
      clicks: each,
      reach: 3,
    });
  }
  await db.proven();
});

it('the same reactions from two batches in opposite order are one row each, told new once', async () => {
  const db = await psql();
  const campaigns = await db.campaigns(40);
  const clients = [new pg.Client(db.url), new pg.Client(db.url)];
  for (const client of clients) await client.connect();
  const like = (order: number[]) => order.map((c, o) => ({ o, c, u: 7, t: 'like', on: true, pid: null, pt: null }));
  const [one, two] = await Promise.all(
    clients.map((client, n) => write(client, 'write_reactions', like(n ? campaigns : [...campaigns].reverse()))),
  );
  for (const client of clients) await client.end();
  expect([...(one ?? []), ...(two ?? [])].sort()).toEqual([...Array(40).fill(200), ...Array(40).fill(201)]);
  for (const id of campaigns) expect(await db.counters(id)).toEqual({ likes: 1 });
  await db.proven();
});
