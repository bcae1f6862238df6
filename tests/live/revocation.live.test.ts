import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { io } from 'socket.io-client';
import { expect, it } from 'vitest';
import { admin, apiAs, liveCampaign } from '../support/api.ts';
import { secret, startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { noticesOf, outcomeOf } from '../support/notices.ts';
import { root } from '../support/processes.ts';
import { watch } from '../support/watcher.ts';

/** Nothing lies between these nodes but the database. */
async function twoNodes() {
  const database = await freshDatabase();
  const nodes = [
    await startApp({ databaseUrl: database.url }),
    await startApp({ databaseUrl: database.url, REDIS_URL: 'redis://127.0.0.1:1' }),
  ] as const;
  return { database, nodes, pool: nodes[0].pool };
}

const refreshed = async (url: string, bearer: string) => {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { token: bearer } });
  const { code } = await outcomeOf(socket);
  socket.close();
  return code;
};

it('a revoked user loses every socket on every node within a second, and the token is refused everywhere', async () => {
  const { nodes, pool } = await twoNodes();
  const bearer = await token(12, { roles: ['moderator'] });
  const other = await watch(nodes[1].url, { token: await token(13) });
  const watchers = await Promise.all(nodes.map(({ url }) => watch(url, { token: bearer })));
  const anonymous = await watch(nodes[0].url);
  const notices = watchers.map(({ socket }) => {
    socket.io.reconnection(false);
    return noticesOf(socket);
  });
  const stranger = noticesOf(anonymous.socket);
  const asked = performance.now();
  await pool.query(`select revoke_user(12, 'a lost telephone')`);
  const told = await Promise.all(notices.map((one) => one.until('auth:expired', 3_000)));
  expect(performance.now() - asked).toBeLessThan(1_000);
  for (const { notice } of told) expect(notice).toMatchObject({ code: 'token_revoked' });
  for (const one of notices) expect((await one.until('disconnect', 1_000)).notice).toMatch(/^transport/);
  for (const { url } of nodes) {
    expect(await refreshed(url, bearer)).toBe('token_revoked');
    const reply = await apiAs(url, bearer)('GET', '/campaigns');
    expect({ status: reply.status, code: reply.body.code }).toEqual({ status: 401, code: 'token_revoked' });
  }
  expect(await other.socket.emitWithAck('auth:refresh', { token: await token(13) })).toEqual({ ok: true });
  expect(stranger.seen).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1_000)); // A token says in whole seconds when it was issued.
  for (const { url } of nodes) expect(await refreshed(url, await token(12))).toBe('connected');
});

it('a barred user keeps socket, token and public streams, and holds no other stream on any node, until it is over', async () => {
  const { nodes, pool } = await twoNodes();
  const shown = `campaign:${await liveCampaign(nodes[0].url)}`;
  const as = await admin(nodes[0].url);
  const hidden = `campaign:${(await as('POST', '/campaigns', { name: 'A draft', advertiserId: 5 })).body.id}`;
  const bearer = await token(14, { roles: ['advertiser'], advertiser_id: 5 });
  const watchers = await Promise.all(nodes.map(({ url }) => watch(url, { token: bearer })));
  const notices = watchers.map(({ socket }) => noticesOf(socket));
  for (const watcher of watchers) {
    for (const stream of [shown, hidden]) expect(await watcher.subscribe({ stream })).toMatchObject({ ok: true });
  }
  const asked = performance.now();
  await pool.query(`select bar_user(14, 'infinity', 'banned')`);
  const told = await Promise.all(notices.map((one) => one.until('stream:closed', 3_000)));
  expect(performance.now() - asked).toBeLessThan(1_000);
  for (const { notice } of told) expect(notice).toMatchObject({ stream: hidden, code: 'not_found' });
  for (const [place, watcher] of watchers.entries()) {
    expect(notices[place]?.seen).toHaveLength(1);
    expect(watcher.socket.connected).toBe(true);
    expect(await watcher.subscribe({ stream: hidden })).toMatchObject({ error: { code: 'not_found' } });
    expect(await watcher.subscribe({ stream: shown })).toMatchObject({ ok: true });
  }
  expect((await apiAs(nodes[1].url, bearer)('GET', '/campaigns')).status).toBe(200);
  await pool.query('select bar_user(14, null)');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  for (const watcher of watchers) expect(await watcher.subscribe({ stream: hidden })).toMatchObject({ ok: true });
});

it('finds a revocation that was written before others and committed after them', async () => {
  const { nodes, pool } = await twoNodes();
  const slow = await pool.connect();
  await slow.query('begin');
  await slow.query('select revoke_user(21)');
  await pool.query('select revoke_user(22)');
  const bearer = await token(21);
  const watcher = await watch(nodes[1].url, { token: bearer });
  await new Promise((resolve) => setTimeout(resolve, 1_500)); // Several readings see the second and not the first.
  const notices = noticesOf(watcher.socket);
  await slow.query('select revoke_user(21)');
  await slow.query('commit');
  slow.release();
  expect((await notices.until('auth:expired', 1_000)).notice).toMatchObject({ code: 'token_revoked' });
});

it('the command line revokes', async () => {
  const { database, nodes } = await twoNodes();
  const bearer = await token(31);
  const notices = noticesOf((await watch(nodes[1].url, { token: bearer })).socket);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'server/cli.ts', 'revoke', '--sub', '31', '--reason', 'left the company', '--json'],
    { cwd: root, env: { PATH: process.env.PATH, DATABASE_URL: database.url, JWT_SECRET: secret } },
  );
  expect(JSON.parse(stdout)).toEqual({ userId: 31, tokensFrom: expect.stringMatching(/Z$/) });
  await notices.until('auth:expired', 1_000);
});
