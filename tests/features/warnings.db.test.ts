import { beforeAll, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { moderator } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let desk: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  desk = await moderator(app.url);
  campaignId = await liveCampaign(app.url);
});

const warned = async (id: number) => {
  const as = await user(app.url, id);
  const { body } = await desk('POST', `/moderation/users/${id}/sanctions`, { kind: 'warn', reason: 'off_topic' });
  return { as, warning: body.id as number };
};

it('who is warned acknowledges it before the next comment, and likes meanwhile', async () => {
  const { as, warning } = await warned(31);
  const comment = () => as('POST', `/campaigns/${campaignId}/comments`, { text: 'x' });
  expect(
    await verdicts({
      before: comment,
      like: () => as('PUT', `/campaigns/${campaignId}/reactions/like`),
      acknowledge: () => as('POST', `/me/sanctions/${warning}/acknowledge`),
      again: () => as('POST', `/me/sanctions/${warning}/acknowledge`),
      after: comment,
    }),
  ).toEqual({ before: '403 warning_unacknowledged', like: '201', acknowledge: '200', again: '200', after: '201' });
  expect((await as('GET', '/me/sanctions')).body.items).toMatchObject([{ kind: 'warn', inForce: false }]);
  const { log } = (await desk('GET', '/moderation/users/31')).body;
  expect(log.map(({ action, actor }: { action: string; actor: { id: number } }) => [action, actor.id])).toEqual([
    ['acknowledge', 31],
    ['warn', 700],
  ]);
});

it('nobody acknowledges for another, and nothing else than a warning is acknowledged', async () => {
  const { warning } = await warned(32);
  const bob = await user(app.url, 33);
  const { body } = await desk('POST', '/moderation/users/33/sanctions', { kind: 'mute', reason: 'spam' });
  expect(
    await verdicts({
      'another’s': () => bob('POST', `/me/sanctions/${warning}/acknowledge`),
      'a mute': () => bob('POST', `/me/sanctions/${body.id}/acknowledge`),
      'one that is not there': () => bob('POST', '/me/sanctions/999999/acknowledge'),
    }),
  ).toEqual({
    'another’s': '404 unknown_sanction',
    'a mute': '404 unknown_sanction',
    'one that is not there': '404 unknown_sanction',
  });
});
