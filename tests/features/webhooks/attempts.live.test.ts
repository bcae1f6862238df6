import { beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { startReceiver } from '../../support/receiver.ts';
import { refusalOf } from '../refusals.ts';
import { answerOnce, hook } from './hooked.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_MS: '1000' });
});

it('what fails is sent again after about a second, with the same id and body and a signature of its own time', async () => {
  const { receiver, ping, newest } = await hook(app.url, answerOnce(500));
  await ping();
  const [first, second] = await receiver.until(2);
  expect({ id: second?.id, body: second?.body }).toEqual({ id: first?.id, body: first?.body });
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(800);
  const delivery = await newest(({ state }) => state === 'delivered');
  expect(delivery).toMatchObject({ messageId: first?.id, body: first?.body, status: 204, nextAttemptAt: null });
  expect(delivery.attempts.map(({ status, error, response }) => ({ status, error, response }))).toEqual([
    { status: 500, error: null, response: 'first 500' },
    { status: 204, error: null, response: '' },
  ]);
});

it('a receiver’s Retry-After is honoured', async () => {
  const { ping, newest } = await hook(app.url, answerOnce(503, { 'retry-after': '600' }));
  await ping();
  const { nextAttemptAt } = await newest(({ attempts }) => attempts.length === 1);
  const seconds = (new Date(nextAttemptAt ?? 0).getTime() - Date.now()) / 1_000;
  expect(seconds).toBeGreaterThan(570);
  expect(seconds).toBeLessThan(630);
});

it('410 ends it: the endpoint is disabled, told nothing more, and its owner hears of it, also at another one', async () => {
  const told = await hook(app.url, undefined, { events: ['endpoint:disabled'] });
  const { receiver, id, owner, ping, newest } = await hook(app.url, (_, response) => response.writeHead(410).end());
  await ping();
  expect(await newest(({ state }) => state === 'failed')).toMatchObject({ status: 410, nextAttemptAt: null });
  const { body } = await owner('GET', `/webhook-endpoints/${id}`);
  expect(body).toMatchObject({ disabledAt: expect.any(String), disabledReason: 'gone' });
  expect(refusalOf(await owner('POST', `/webhook-endpoints/${id}/ping`))).toBe('409 endpoint_disabled');
  const [news] = await told.receiver.until(1, 'endpoint:disabled');
  expect(news?.json.data).toEqual({ endpointId: id, reason: 'gone', at: body.disabledAt });
  expect(receiver.received).toHaveLength(1);
  const { body: list } = await owner('GET', '/me/notifications?kind=endpoint_disabled');
  expect(list.items).toMatchObject([{ campaignId: null, count: 1, data: { endpointId: id, reason: 'gone' } }]);
});

it('a redirect is a failure and is not followed', async () => {
  const elsewhere = await startReceiver();
  const { ping, newest } = await hook(app.url, (_, response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  );
  await ping();
  expect(await newest(({ attempts }) => attempts.length >= 1)).toMatchObject({ state: 'waiting', status: 307 });
  expect(elsewhere.received).toEqual([]);
});

it('a receiver that does not answer in time, or not at all, has failed', async () => {
  const silent = await hook(app.url, () => {});
  await silent.ping();
  const { attempts } = await silent.newest(({ attempts }) => attempts.length >= 1);
  expect(attempts[0]).toMatchObject({ status: null, error: 'timeout', response: null });
  expect(attempts[0]?.durationMs).toBeGreaterThanOrEqual(990);
  const dead = await hook(app.url);
  await dead.receiver.stop();
  await dead.ping();
  expect((await dead.newest(({ attempts }) => attempts.length >= 1)).attempts[0]?.error).toBe('ECONNREFUSED');
});

it('of a long answer the beginning is kept, and one without an end is cut', async () => {
  const { ping, newest } = await hook(app.url, (_, response) => {
    response.writeHead(200);
    const more = () => response.destroyed || response.write(`${'long '.repeat(2_000)}\u0000`, () => setImmediate(more));
    more();
  });
  await ping();
  const { state, attempts } = await newest(({ attempts }) => attempts.length >= 1);
  expect({ state, length: attempts[0]?.response?.length }).toEqual({ state: 'delivered', length: 1_024 });
});
