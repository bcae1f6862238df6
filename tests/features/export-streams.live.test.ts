import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { linesOf } from '../../server/features/export/lines.ts';
import { watch } from '../../server/features/export/watch.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { query, withClient } from '../support/sql.ts';
import { exported, readRecords } from './export-lines.ts';
import { campaign } from './stats-world.ts';

let app: TestApp;
let id: number;
/** More than the buffers of Linux hold for a client that reads nothing (some 40 MB). */
let large: number;
const count = 20_000;
beforeAll(async () => {
  app = await startApp({ EXPORT_IDLE_MS: '1000' });
  [id, large] = [await campaign(app), await campaign(app)];
  await query(
    app.databaseUrl,
    `insert into campaign_impressions (campaign_id, session_id, user_agent, created_at)
     select case when n <= ${count} then ${id} else ${large} end, 's' || n % 50, repeat('x', case when n <= ${count} then 100 else 5000 end), '2026-11-02T12:00Z'
     from generate_series(1, ${2 * count}) n`,
  );
});

const exporting = async () => {
  const rows = await query<{ n: number }>(
    app.databaseUrl,
    `select count(*)::int as n from pg_stat_activity
     where application_name = 'campaign-pulse export' and datname = current_database() and xact_start is not null`,
  );
  return rows[0]?.n;
};
const none = () => eventually(async () => expect(await exporting()).toBe(0), { within: 8_000 });

/** An export of which nothing is read until somebody does. */
async function unread(campaignId: number): Promise<http.IncomingMessage> {
  const bearer = await token(900_005, { roles: ['advertiser'], advertiser_id: 5 });
  const request = http.get(`${app.url}/api/v1/campaigns/${campaignId}/export?what=impressions`, {
    headers: { authorization: `Bearer ${bearer}` },
    agent: new http.Agent(),
  });
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return response;
}

it('every row comes, once, whatever is written meanwhile', async () => {
  const response = await unread(id);
  await query(app.databaseUrl, `insert into campaign_impressions (campaign_id, session_id) values (${id}, 'late')`);
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  const rows = readRecords(text);
  expect([rows.length, new Set(rows.map((row) => row.id)).size]).toEqual([count, count]);
  await none();
});

it('a third at once is told to come back, and the two go on', async () => {
  const running = [await unread(large), await unread(large)];
  // Both are read at once, a little at first: one that takes nothing for a second is cut off, as it should be.
  let go = () => {};
  const told = new Promise<void>((resolve) => (go = resolve));
  const sizes = running.map(async (response) => {
    let bytes = 0;
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes < count * 2_500) await Promise.race([told, delay(20)]);
    }
    return bytes;
  });
  const third = await exported(app.url, id, 'what=impressions');
  go();
  expect([third.status, (await third.json()).code, third.headers.get('retry-after')]).toEqual([
    503,
    'too_many_exports',
    '10',
  ]);
  for (const bytes of await Promise.all(sizes)) expect(bytes).toBeGreaterThan(count * 5_000);
  expect((await exported(app.url, id, 'what=comments')).status).toBe(200);
});

it('a client waits for the database as long as it takes, and is cut off only for what it leaves lying', async () => {
  const ended = new Promise<[string, number]>((resolve) => {
    const server = http.createServer((_, response) => {
      const started = performance.now();
      response.write('the first row');
      const end = (why: string) => resolve([why, performance.now() - started]);
      const stop = watch({ response, pid: 0, pool: app.pool, idleMs: 100, end });
      response.on('close', () => server.close(stop));
      setTimeout(() => response.write(Buffer.alloc(60_000_000)), 400); // the database has more, after four idle times
    });
    server.listen(0, '127.0.0.1', () => {
      const request = http.get({ port: (server.address() as AddressInfo).port }, (response) => {
        void response.on('error', () => {}); // takes nothing
        void ended.then(() => request.destroy());
      });
      request.on('error', () => {});
    });
  });
  const [why, after] = await ended;
  expect([why, after > 400]).toEqual(['the client takes nothing', true]);
});

it('a client that goes ends the query', async () => {
  (await unread(large)).destroy();
  await none();
});

it('a client that takes nothing is cut off, and its connection is free again', async () => {
  const responses = [await unread(large), await unread(large)];
  await none();
  for (const response of responses) expect(await isWhole(response)).toBe(false);
  expect((await exported(app.url, id, 'what=comments')).status).toBe(200);
});

it('a TRUNCATE waits no longer than a watch takes to see it', async () => {
  const other = await campaign(app);
  const response = await unread(large);
  const slow = setInterval(() => response.read(1_000), 50); // takes something now and then
  await withClient(app.databaseUrl, async (client) => {
    await client.query(`set statement_timeout = '8s'`);
    await client.query('truncate campaign_impressions cascade');
  });
  clearInterval(slow);
  await none();
  expect((await exported(app.url, other, 'what=impressions')).status).toBe(200);
});

/** Whether all of it came: a chunked transfer that is cut off has no last chunk. */
async function isWhole(response: http.IncomingMessage): Promise<boolean> {
  try {
    for await (const _ of response);
  } catch {
    return false;
  }
  return response.complete;
}

it('a connection that breaks while rows are awaited fails the export, which else would hold its place for ever', async () => {
  await withClient(app.databaseUrl, async (client) => {
    client.on('error', () => {});
    const [backend] = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows;
    const source = { columns: ['x'], texts: [true], text: 'select pg_sleep(600)::text', values: [] };
    const lines = linesOf(client as unknown as pg.PoolClient, source, 'ndjson', () => {});
    const first = lines.next();
    const ended = expect(first).rejects.toThrow();
    await eventually(
      async () => {
        const { rows } = await app.pool.query(`select wait_event from pg_stat_activity where pid = $1`, [backend?.pid]);
        expect(rows).toEqual([{ wait_event: 'PgSleep' }]);
      },
      { within: 8_000 },
    );
    await app.pool.query('select pg_terminate_backend($1)', [backend?.pid]);
    await ended;
  });
});
