import { beforeAll, expect, it } from 'vitest';
import { type Api, apiAs, liveCampaign } from '../../support/api.ts';
import { startApp, type TestApp, token } from '../../support/app.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';

let app: TestApp;
let next = 31;
beforeAll(async () => {
  app = await startApp({ WEBHOOK_ALLOW_PRIVATE: '1' });
});

interface Owner {
  as: Api;
  receiver: Receiver;
  campaignId: number;
  like(...users: number[]): Promise<unknown>;
}

/** A user of an advertiser, with an endpoint for `events`, and a campaign of that advertiser. */
async function owning(events = ['notification:created'], advertiserId = next++): Promise<Owner> {
  const claims = { roles: ['advertiser' as const], advertiser_id: advertiserId };
  const as = apiAs(app.url, await token(8_000 + next++, claims));
  const receiver = await startReceiver();
  expect((await as('POST', '/webhook-endpoints', { url: receiver.url, events })).status).toBe(201);
  const campaignId = await liveCampaign(app.url, { advertiserId });
  const like = (...users: number[]) =>
    app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) select $1, u, 'like' from unnest($2::int[]) u`,
      [campaignId, users],
    );
  return { as, receiver, campaignId, like };
}
const prefer = async ({ as }: Owner, ...items: object[]) =>
  expect((await as('PUT', '/me/notification-preferences', { items })).status).toBe(200);
const told = ({ receiver }: Owner) => receiver.of('notification:created').map(({ json }) => json.data);
const sendGrown = async (every: string) =>
  (await app.pool.query('select send_grown_notifications(1000, $1) as sent', [every])).rows[0].sent;

it('a notification that is wanted by webhook is sent as the list shows it, whoever wrote its cause', async () => {
  const owner = await owning();
  await prefer(owner, { kind: 'engagement', webhook: true });
  await owner.like(1, 2);
  await owner.receiver.until(1);
  const { body } = await owner.as('GET', '/me/notifications');
  expect(told(owner)).toEqual(body.items);
  expect(told(owner)).toMatchObject([{ kind: 'engagement', count: 2, campaignId: owner.campaignId }]);
});

it('of what grows each minute’s count is sent, and no more', async () => {
  const owner = await owning();
  await prefer(owner, { webhook: true });
  await owner.like(1);
  await owner.receiver.until(1);
  for (const user of [2, 3, 4]) {
    await owner.like(user);
    await owner.as('GET', '/me/notifications');
  }
  expect(await sendGrown('1 minute')).toBe(0);
  expect([await sendGrown('0'), await sendGrown('0')]).toEqual([1, 0]);
  await owner.receiver.until(2);
  expect(told(owner).map(({ count }) => count)).toEqual([1, 4]);
});

it('the most specific preference decides, also for what is neither in the list nor in a digest', async () => {
  const owner = await owning();
  const other = await owning();
  const { campaignId } = owner;
  await prefer(
    owner,
    { inApp: false, webhook: true },
    { kind: 'engagement', campaignId, inApp: false, webhook: false },
  );
  await prefer(other, { webhook: false });
  for (const one of [owner, other]) await one.like(...Array.from({ length: 10 }, (_, n) => n + 1));
  await owner.receiver.until(1);
  expect((await owner.as('GET', '/me/notifications')).body).toMatchObject({ items: [], unread: 0 });
  await other.as('GET', '/me/notifications');
  expect([told(owner).map(({ kind }) => kind), told(other)]).toEqual([['milestone'], []]);
});

it('it goes to the endpoints of that user alone, and to those that are told of it', async () => {
  const advertiserId = next++;
  const [owner, colleague] = [await owning(['notification:created'], advertiserId), await owning([], advertiserId)];
  const unasked = await startReceiver();
  await owner.as('POST', '/webhook-endpoints', { url: unasked.url, events: ['comment:created'] });
  await prefer(owner, { webhook: true });
  await owner.like(1);
  await owner.receiver.until(1);
  await colleague.receiver.until(1, 'engagement:created');
  const { rows } = await app.pool.query(
    `select count(*)::int as n from webhook_delivery d join webhook_message m on m.id = d.message_id
     join webhook_endpoint w on w.id = d.endpoint_id where m.type = 'notification:created' and w.advertiser_id = $1`,
    [advertiserId],
  );
  expect(rows).toEqual([{ n: 1 }]);
});
