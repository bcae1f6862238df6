import { beforeAll, expect, it } from 'vitest';
import { type Api, advertiser, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { verdicts } from './refusals.ts';

const path = '/me/notification-preferences';
let app: TestApp;
let campaignId: number;
let next = 3_000;
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
});

async function author(campaign = campaignId) {
  const id = next++;
  const as = await user(app.url, id);
  const { body } = await as('POST', `/campaigns/${campaign}/comments`, { text: 'x' });
  const engage = (type: 'like' | 'comment', by: number) =>
    app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
       values ($1, $2, $3::text, case $3::text when 'comment' then 'r' end, $4)`,
      [campaign, by, type, body.id],
    );
  return { as, engage };
}
const kinds = async (as: Api) =>
  (await as('GET', '/me/notifications')).body.items.map(({ kind }: { kind: string }) => kind);

it('are as they were put, with their defaults', async () => {
  const as = await user(app.url, next++);
  expect((await as('GET', path)).body).toEqual({ items: [], quietHours: null });
  const quietHours = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' };
  const { status, body } = await as('PUT', path, { items: [{ kind: 'reply', digest: 'daily' }], quietHours });
  const kept = { kind: 'reply', campaignId: null, inApp: true, digest: 'daily', webhook: false };
  expect([status, body]).toEqual([200, { items: [kept], quietHours }]);
  expect((await as('GET', path)).body).toEqual(body);
  expect((await as('PUT', path, {})).body).toEqual({ items: [], quietHours: null });
});

it('a kind that is off is not told, whoever writes it, and nothing of it comes later', async () => {
  const { as, engage } = await author();
  await as('PUT', path, { items: [{ kind: 'comment_liked', inApp: false }] });
  await engage('like', 1);
  await engage('comment', 2);
  expect(await kinds(as)).toEqual(['reply']);
  await as('PUT', path, {});
  expect(await kinds(as)).toEqual(['reply']);
  await engage('like', 3);
  const { body } = await as('GET', '/me/notifications?kind=comment_liked');
  expect([body.unread, body.items[0].count]).toEqual([2, 1]);
});

it('the most specific holds: kind and campaign, then kind, then campaign, then all', async () => {
  const other = await liveCampaign(app.url);
  const ada = await author();
  await ada.as('PUT', path, {
    items: [
      { inApp: false },
      { campaignId, inApp: true },
      { kind: 'comment_liked', inApp: false },
      { kind: 'comment_liked', campaignId: other, inApp: true },
    ],
  });
  await ada.engage('comment', 1);
  await ada.engage('like', 1);
  expect(await kinds(ada.as)).toEqual(['reply']);
});

it('engagement that grew while it was off is no news afterwards', async () => {
  const owner = await advertiser(app.url, 5);
  const like = (by: number) =>
    app.pool.query(`insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, 'like')`, [
      campaignId,
      by,
    ]);
  await owner('PUT', path, { items: [{ kind: 'engagement', inApp: false }] });
  await like(1);
  expect(await kinds(owner)).toEqual([]);
  await owner('PUT', path, {});
  await like(2);
  expect((await owner('GET', '/me/notifications')).body.items).toMatchObject([{ kind: 'engagement', count: 1 }]);
});

it('what nobody could mean is refused', async () => {
  const as = await user(app.url, next++);
  const put = (body: object) => () => as('PUT', path, body);
  const hours = (fields: object) => put({ quietHours: { from: '22:00', to: '07:00', zone: 'UTC', ...fields } });
  const item = { kind: 'reply', inApp: false };
  const found = await verdicts({
    fine: hours({}),
    zone: hours({ zone: 'Mars/Olympus' }),
    clock: hours({ from: '24:00' }),
    always: hours({ to: '22:00' }),
    kind: put({ items: [{ kind: 'gossip' }] }),
    digest: put({ items: [{ digest: 'weekly' }] }),
    twice: put({ items: [item, item] }),
    many: put({ items: Array.from({ length: 201 }, (_, n) => ({ ...item, campaignId: n + 1 })) }),
  });
  const { fine, ...rest } = found;
  expect([fine, new Set(Object.values(rest))]).toEqual(['200', new Set(['400 invalid_body'])]);
});
