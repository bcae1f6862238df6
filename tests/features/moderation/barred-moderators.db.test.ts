import { afterEach, beforeAll, expect, it } from 'vitest';
import { liveCampaign } from '../../support/api.ts';
import { verdicts } from '../refusals.ts';
import { deskWorld, moderator } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});
afterEach(() => world.proven());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const words = { explanation: 'I looked.' };

it.each([
  ['ban', 41, '403 banned'],
  ['suspend', 42, '403 suspended'],
])('a moderator under a %s decides nothing, and not on their own sanction', async (kind, id, code) => {
  const { app, write, decide, noa, boss, author, status } = world;
  const max = await moderator(app.url, id, 'Max');
  const [shown, decided, rejected] = [await write(), await write(), await write()];
  const approved = { decisions: [{ commentId: decided, action: 'approve', revision: 1 }] };
  const { body: made } = await max('POST', '/moderation/decisions/batch', approved);
  await decide(noa, rejected, 'reject');
  const { body: appeal } = await author('POST', `/comments/${rejected}/appeals`, { text: 'It was fine.' });
  const { body: notice } = await noa('POST', `/comments/${shown}/notices`, { explanation: 'Look.', goodFaith: true });
  const until = kind === 'suspend' ? inAnHour() : undefined;
  const own = `/moderation/users/${id}/sanctions`;
  const { body: sanction } = await boss('POST', own, { kind, reason: 'abusive', until });
  const line = (await app.pool.query('select log_id from user_sanction where id = $1', [sanction.id])).rows[0].log_id;
  const batch = { decisions: [{ commentId: shown, action: 'reject', revision: 1 }] };
  const found = await verdicts({
    decide: () => decide(max, shown, 'reject'),
    'of what is not there': () => decide(max, 999_999, 'reject'),
    batch: () => max('POST', '/moderation/decisions/batch', batch),
    undo: () => max('POST', `/moderation/decisions/${made.items[0].id}/undo`, {}),
    'undo of a batch': () => max('POST', `/moderation/decisions/batch/${made.batch}/undo`, {}),
    appeal: () => max('POST', `/moderation/appeals/${appeal.id}/decision`, { action: 'grant', ...words }),
    notice: () => max('POST', `/moderation/notices/${notice.id}/decision`, { action: 'uphold', ...words }),
    sanction: () => max('POST', '/moderation/users/21/sanctions', { kind: 'mute', reason: 'spam' }),
    lift: () => max('DELETE', `${own}?kind=${kind}`),
    'undo of it': () => max('POST', `/moderation/decisions/${line}/undo`, {}),
  });
  expect(new Set(Object.values(found)), JSON.stringify(found)).toEqual(new Set([code]));
  expect(await Promise.all([shown, decided, rejected].map(status))).toEqual(['published', 'approved', 'rejected']);
  await boss('DELETE', `${own}?kind=${kind}`);
  expect((await decide(max, shown, 'reject')).status).toBe(201);
});

it('a moderator who is banned from one campaign decides in the others', async () => {
  const { app, write, decide, boss, author, campaignId } = world;
  const max = await moderator(app.url, 43, 'Max');
  const other = await liveCampaign(app.url);
  const elsewhere = (await author('POST', `/campaigns/${other}/comments`, { text: 'x' })).body.id;
  const here = await write();
  await boss('POST', '/moderation/users/43/sanctions', { kind: 'ban', reason: 'abusive', campaignId });
  const both = { decisions: [elsewhere, here].map((commentId) => ({ commentId, action: 'approve', revision: 1 })) };
  expect(
    await verdicts({
      here: () => decide(max, here, 'approve'),
      both: () => max('POST', '/moderation/decisions/batch', both),
      elsewhere: () => decide(max, elsewhere, 'approve'),
    }),
  ).toEqual({ here: '403 banned', both: '403 banned', elsewhere: '201' });
});
