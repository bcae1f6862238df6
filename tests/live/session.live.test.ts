import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { admin, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { noticesOf, outcomeOf } from '../support/notices.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function connect(bearer: string | null) {
  const auth = bearer === null ? {} : { token: bearer };
  const socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  open.push(socket);
  const notices = noticesOf(socket);
  const { code } = await outcomeOf(socket);
  return { socket, code, notices };
}

async function hiddenCampaign(): Promise<number> {
  const as = await admin(app.url);
  return (await as('POST', '/campaigns', { name: 'A draft', advertiserId: 5 })).body.id;
}

it('announces the end of a token a minute before it, or at once when less is left', async () => {
  const [soon, later, never] = await Promise.all(
    ['30s', '62s', '1h'].map(async (span) => connect(await token(7, {}, span))),
  );
  const atOnce = await soon?.notices.until('auth:expiring', 1_000);
  const left = Date.parse(atOnce?.notice.expiresAt) - Date.now();
  expect(left).toBeGreaterThan(25_000);
  expect(left).toBeLessThanOrEqual(30_000);
  const inTime = await later?.notices.until('auth:expiring', 5_000);
  expect(inTime?.afterMs).toBeGreaterThan(1_000);
  expect(never?.notices.seen).toEqual([]);
});

it('ends a socket whose token expired: told why, closed at the transport, refused with the same code when it returns', async () => {
  const bearer = await token(7, {}, '3s');
  const { notices } = await connect(bearer);
  const { notice, afterMs } = await notices.until('auth:expired', 5_000);
  expect(notice).toEqual({
    code: 'token_expired',
    message: 'The token has expired',
    reconnectInMs: expect.toSatisfy((ms: number) => ms >= 0 && ms <= 2_000),
  });
  expect(afterMs).toBeGreaterThan(1_900);
  expect((await notices.until('disconnect', 1_000)).notice).toMatch(/^transport/);
  expect((await connect(bearer)).code).toBe('token_expired');
});

it('goes on without a new connection when the token is refreshed, and keeps its streams', async () => {
  const stream = `campaign:${await liveCampaign(app.url)}`;
  const { socket, notices } = await connect(await token(7, {}, '3s'));
  const { id } = socket;
  await socket.emitWithAck('subscribe', { stream });
  expect(await socket.emitWithAck('auth:refresh', { token: await token(7) })).toEqual({ ok: true });
  const presence = new Promise<void>((resolve) => {
    setTimeout(() => socket.once('campaign:presence', () => resolve()), 4_500);
  });
  await presence;
  expect({ connected: socket.connected, id: socket.id }).toEqual({ connected: true, id });
  expect(notices.seen.filter(({ name }) => name !== 'auth:expiring')).toEqual([]);
});

it('announces the end of a refreshed token that is short not at once, so that nobody refreshes in circles', async () => {
  const { socket, notices } = await connect(await token(7));
  await socket.emitWithAck('auth:refresh', { token: await token(7, {}, '6s') });
  await sleep(1_000);
  expect(notices.seen).toEqual([]);
  await notices.until('auth:expiring', 4_000);
  await notices.until('auth:expired', 4_000);
});

it('takes the streams that a token of fewer rights may not read, says which, and leaves the others', async () => {
  const [shown, hidden] = [`campaign:${await liveCampaign(app.url)}`, `campaign:${await hiddenCampaign()}`];
  const { socket, notices } = await connect(await token(7, { roles: ['user', 'moderator'] }));
  for (const stream of [shown, hidden])
    expect(await socket.emitWithAck('subscribe', { stream })).toMatchObject({ ok: true });
  const frames: string[] = [];
  expect(await socket.emitWithAck('auth:refresh', { token: await token(7) })).toEqual({ ok: true });
  socket.onAny((name: string, frame: { stream?: string }) => frames.push(frame.stream ?? name));
  expect(notices.seen.map(({ name, notice }) => ({ name, notice }))).toEqual([
    { name: 'stream:closed', notice: { stream: hidden, code: 'not_found', message: expect.any(String) } },
  ]);
  await sleep(2_500);
  expect(new Set(frames)).toEqual(new Set([shown]));
  expect(await socket.emitWithAck('subscribe', { stream: hidden })).toMatchObject({ error: { code: 'not_found' } });
});

it('lets who came without a token sign in on the open socket, with all that this allows', async () => {
  const hidden = `campaign:${await hiddenCampaign()}`;
  const { socket } = await connect(null);
  expect(await socket.emitWithAck('subscribe', { stream: hidden })).toMatchObject({ error: { code: 'not_found' } });
  const moderator = await token(8, { roles: ['moderator'] });
  expect(await socket.emitWithAck('auth:refresh', { token: moderator })).toEqual({ ok: true });
  expect(await socket.emitWithAck('subscribe', { stream: hidden })).toMatchObject({ ok: true });
  expect(await socket.emitWithAck('auth:refresh', { token: await token(9) })).toMatchObject({
    error: { code: 'forbidden' },
  });
});
