import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';
import { fallen, versionsOf } from './projection-recount.ts';

let db: Psql;
beforeEach(async () => {
  db = await psql();
});
afterEach(() => db.proven());

/** Three campaigns: a thread with all that hangs on it, only reactions, and nothing at all; impressions in the first two. */
async function world() {
  const [thread = 0, liked = 0, quiet = 0] = await db.campaigns(3);
  const top = await db.engage(thread, 1, 'comment');
  const reply = await db.engage(thread, 2, 'comment', top);
  await db.engage(thread, 3, 'like', reply);
  await db.engage(thread, 3, 'like');
  await db.run(`update campaign_engagement set comment_text = 'edited' where id = $1`, [top]);
  for (const type of ['like', 'share', 'save', 'bookmark']) await db.engage(liked, 4, type);
  for (const id of [thread, liked]) await db.see(id, 's1', { is_viewable: true, clicked: true });
  return { thread, liked, quiet };
}

async function streams(): Promise<Map<string, { epoch: string; head: number; version: number; unsent: boolean }>> {
  const rows = await db.run(
    `select stream, epoch, head, version, exists (
       select from live_outbox o where o.stream = s.stream and o.after_version = s.version - 1) as unsent
     from live_stream s`,
  );
  return new Map(rows.map(({ stream, epoch, head, version, unsent }) => [stream, { epoch, head, version, unsent }]));
}
const empty = async () => {
  for (const table of ['comment_counters', 'comment_state']) expect(await db.run(`select from ${table}`)).toEqual([]);
};

describe('truncating', () => {
  it('engagement alone is PostgreSQL’s to refuse, and rolled back it changes nothing', async () => {
    const { thread } = await world();
    const before = [await db.counters(thread), await streams()];
    expect(await db.refused('truncate campaign_engagement')).toMatch(/^0A000/);
    await db.run('begin');
    await db.run('truncate campaign_engagement cascade');
    await db.run('rollback');
    expect([await db.counters(thread), await streams()]).toEqual(before);
  });

  it('engagement zeroes its counts, and every thread begins a new epoch', async () => {
    const { thread, liked, quiet } = await world();
    const [before, versions] = [await streams(), await versionsOf(db.client)];
    await db.run('truncate campaign_engagement cascade');
    const after = await streams();
    const seen = { impressions: 1, viewable: 1, clicks: 1, reach: 1, spend: 0.25 };
    expect([await db.counters(thread), await db.counters(liked), await db.counters(quiet)]).toEqual([seen, seen, {}]);
    await empty();
    const moved = (id: number) => {
      const [was, is] = [before.get(`campaign:${id}`), after.get(`campaign:${id}`)];
      return {
        anew: was?.epoch !== is?.epoch,
        head: is?.head === was?.head,
        raised: is && was && is.version - was.version,
      };
    };
    expect(moved(thread)).toEqual({ anew: true, head: true, raised: 1 });
    expect(moved(liked)).toEqual({ anew: false, head: true, raised: 1 });
    expect(moved(quiet)).toEqual({ anew: false, head: true, raised: 0 });
    expect([after.get(`campaign:${thread}`)?.unsent, after.get(`campaign:${liked}`)?.unsent]).toEqual([true, true]);
    const now = await versionsOf(db.client);
    for (const name of [...versions.keys()].filter((one) => one.startsWith('comment '))) versions.delete(name);
    expect(fallen(versions, now)).toEqual([]);
  });

  it('leaves nobody a position from which the old thread is replayed, and counting goes on', async () => {
    const { thread } = await world();
    const name = `campaign:${thread}`;
    const [was] = await db.run('select epoch, head from live_stream where stream = $1', [name]);
    await db.run('truncate campaign_engagement cascade');
    const comment = await db.engage(thread, 9, 'comment');
    const [is] = await db.run('select epoch, head from live_stream where stream = $1', [name]);
    const mode = async (epoch: string | null, seq: number) => {
      const [opened] = await db.run('select mode, events from open_stream($1, $2, $3)', [name, epoch, seq]);
      return [opened?.mode, ...(opened?.events ?? []).map((frame: string) => JSON.parse(frame).data.id)];
    };
    expect(await mode(was?.epoch, was?.head)).toEqual(['reset']);
    expect(await mode(null, 0)).toEqual(['reset']);
    expect(await mode(is?.epoch, was?.head)).toEqual(['replayed', comment]);
    expect(await db.counters(thread)).toMatchObject({ comments: 1 });
  });

  it('impressions takes all engagement along, since it may name them', async () => {
    const { thread, liked } = await world();
    const before = await versionsOf(db.client);
    await db.run('truncate campaign_impressions cascade');
    expect([await db.counters(thread), await db.counters(liked)]).toEqual([{}, {}]);
    await empty();
    for (const table of [
      'campaign_viewers',
      'campaign_invalid_counters',
      'campaign_invalid_viewers',
      'impression_hourly',
      'impression_quarter_hourly',
      'impression_event',
    ]) {
      expect(await db.run(`select from ${table}`)).toEqual([]);
    }
    const after = await versionsOf(db.client);
    for (const id of [thread, liked]) {
      const key = `counters ${id}`;
      expect(after.get(key)).toBeGreaterThan(before.get(key) ?? 0);
    }
    await db.see(thread, 's1');
    expect(await db.counters(thread)).toEqual({ impressions: 1, reach: 1, spend: 0.25 });
  });

  it.each(['truncate campaign_profile cascade', 'truncate campaign_profile restart identity cascade'])(
    '%s leaves no projection, and a campaign that gets the same stream goes on in it',
    async (statement) => {
      const { thread } = await world();
      const before = await streams();
      await db.run(statement);
      await empty();
      for (const table of [
        'campaign_counters',
        'campaign_viewers',
        'campaign_invalid_counters',
        'campaign_invalid_viewers',
        'impression_hourly',
        'impression_quarter_hourly',
      ]) {
        expect(await db.run(`select from ${table}`)).toEqual([]);
      }
      const after = await streams();
      for (const [name, { epoch, head, version }] of [...before].filter(([stream]) => stream !== 'moderation')) {
        expect(after.get(name)?.epoch).not.toBe(epoch);
        expect(after.get(name)).toMatchObject({ head });
        expect(after.get(name)?.version).toBeGreaterThan(version);
      }
      const [id = 0] = await db.campaigns(1);
      await db.engage(id, 1, 'comment');
      if (statement.includes('restart')) {
        expect(id).toBe(thread);
        expect((await streams()).get(`campaign:${id}`)?.head).toBe((before.get(`campaign:${id}`)?.head ?? 0) + 1);
      }
    },
  );
});

it('truncating while our own functions write deadlocks nobody, and all that came after it is counted', async () => {
  const [id = 0, other = 0] = await db.campaigns(2);
  const clients = await Promise.all(Array.from({ length: 5 }, () => connected(db.url)));
  const [truncating, ...writers] = clients as [pg.Client, ...pg.Client[]];
  let writing = true;
  const written = writers.map(async (client, n) => {
    for (let round = 0; writing; round++) await client.query(batch(n, round, [id, other]));
  });
  for (const table of ['campaign_engagement', 'campaign_impressions', 'campaign_engagement', 'campaign_impressions']) {
    await truncating.query(`truncate ${table} cascade`);
    await delay(50);
  }
  writing = false;
  await Promise.all(written);
  for (const client of clients) await client.end();
  const [stat] = await db.run(
    'select deadlocks::int as count from pg_stat_database where datname = current_database()',
  );
  expect(stat?.count).toBe(0);
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // of a database dropped under it after a failure
  await client.connect();
  return client;
}

function batch(writer: number, round: number, campaigns: number[]): { text: string; values: string[] } {
  const key = () => ({ scope: 'test', key: crypto.randomUUID(), print: '' });
  const at = new Date().toISOString();
  const names = ['write_reactions', 'add_comments', 'add_shares', 'record_impressions'];
  const items = campaigns.map((c, o) => ({
    ...{
      o,
      c,
      u: 1 + (round % 5),
      t: 'like',
      on: round % 2 === 0,
      pid: null,
      pt: null,
      text: 'x',
      parent: null,
      name: null,
    },
    ...(names[writer] === 'record_impressions' || names[writer] === 'write_reactions' ? {} : key()),
    ...{ type: 'impression', event: crypto.randomUUID(), session: `s${round % 7}`, placement: 'widget', at },
  }));
  return { text: `select status from ${names[writer]}($1::jsonb)`, values: [JSON.stringify(items)] };
}
