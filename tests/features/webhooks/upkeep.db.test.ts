import { beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { hook } from './hooked.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_MS: '2000' });
});

const counts = async (id: number) => {
  const { rows } = await app.pool.query(
    `select count(*) as deliveries, count(distinct m.id) as messages, sum(attempts)::int as attempts
     from webhook_delivery d join webhook_message m on m.id = d.message_id where endpoint_id = $1`,
    [id],
  );
  return rows[0];
};
const keep = async (backlog = 100_000) => {
  let disabled = 0;
  for (let more = true; more; ) {
    const { rows } = await app.pool.query('select * from keep_webhooks(2, $1)', [backlog]);
    ({ more } = rows[0]);
    disabled += rows[0].disabled;
  }
  return disabled;
};

it('an endpoint that nothing reached for five days is disabled, and one that was reached is not', async () => {
  const failing = await hook(app.url, (_, response) => response.writeHead(500).end());
  await failing.ping();
  await failing.newest(({ attempts }) => attempts.length >= 1);
  const read = async ({ owner, id }: typeof failing) => (await owner('GET', `/webhook-endpoints/${id}`)).body;
  expect(await read(failing)).toMatchObject({ failingSince: expect.any(String), disabledAt: null });
  const since = (days: number, id: number) =>
    app.pool.query('update webhook_endpoint set failing_since = now() - make_interval(days => $1) where id = $2', [
      days,
      id,
    ]);
  await since(5, failing.id);
  await failing.ping();
  await failing.newest(({ attempts, type }) => attempts.length >= 1 && type === 'ping');
  expect(await read(failing)).toMatchObject({ disabledAt: expect.any(String), disabledReason: 'failing' });
  const well = await hook(app.url);
  await since(6, well.id);
  await well.ping();
  await well.newest(({ state }) => state === 'delivered');
  expect(await read(well)).toMatchObject({ failingSince: null, disabledAt: null });
});

it('an endpoint that is enabled again gets what still waits for it', async () => {
  let status = 410;
  const { id, owner, ping, newest } = await hook(app.url, (_, response) => response.writeHead(status).end());
  const { id: waiting } = await ping();
  await newest(({ state }) => state === 'failed');
  await app.pool.query(`update webhook_delivery set state = 'waiting', due_at = now() where id = $1`, [waiting]);
  status = 204;
  const { body } = await owner('POST', `/webhook-endpoints/${id}/enable`);
  expect(body).toMatchObject({ disabledAt: null, disabledReason: null, failingSince: null });
  await newest(({ state }) => state === 'delivered');
});

it('what is 30 days old is forgotten with its attempts, however much it is; younger stays', async () => {
  const { id, ping, newest } = await hook(app.url);
  for (let n = 0; n < 6; n++) await ping();
  await newest(({ state }) => state === 'delivered');
  await app.pool.query(
    `update webhook_message set created_at = now() - interval '31 days'
     where id in (select message_id from webhook_delivery where endpoint_id = $1 order by id limit 5)`,
    [id],
  );
  await keep();
  expect(await counts(id)).toEqual({ deliveries: 1, messages: 1, attempts: 1 });
});

it('an endpoint that too much waits for is disabled: soon when it fails, later when it is slow', async () => {
  const waits = async (times: number, failing: boolean) => {
    const { id } = await hook(app.url, undefined, { events: ['alert:fired'] });
    await app.pool.query(
      `with made as (insert into webhook_message (type, body) select 'ping', '{}' from generate_series(1, $2::int) returning id)
       insert into webhook_delivery (endpoint_id, message_id, campaign_id, due_at)
       select $1, id, 0, now() + interval '1 hour' from made`,
      [id, times],
    );
    await app.pool.query('update webhook_endpoint set failing_since = case when $2 then now() end where id = $1', [
      id,
      failing,
    ]);
    return id;
  };
  const failing = await waits(4, true);
  const slow = await waits(4, false);
  const slower = await waits(31, false);
  expect(await keep(3)).toBe(2);
  const { rows } = await app.pool.query(
    'select id, disabled_reason from webhook_endpoint where id = any ($1) order by id',
    [[failing, slow, slower]],
  );
  expect(rows.map(({ disabled_reason }) => disabled_reason)).toEqual(['backlog', null, 'backlog']);
});

it('what a deleted endpoint left goes', async () => {
  const { id, owner, ping, newest } = await hook(app.url);
  for (let n = 0; n < 3; n++) await ping();
  await newest(({ state }) => state === 'delivered');
  await owner('DELETE', `/webhook-endpoints/${id}`);
  await keep();
  expect((await counts(id)).deliveries).toBe(0);
});
