import { beforeAll, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let campaignId: number;
let alice: Api;
const people: [number, string | undefined][] = [
  [21, 'Ada'],
  [22, 'Ada Lovelace'],
  [23, 'Łukasz Żak'],
  [24, undefined],
  [25, '李雷'],
  [26, 'Jean-Luc de la Tour'],
];
beforeAll(async () => {
  app = await startApp();
  campaignId = await liveCampaign(app.url);
  alice = await user(app.url, 11, 'Alice');
  await (await user(app.url, 29, 'Absent'))('POST', `/campaigns/${await liveCampaign(app.url)}/comments`, {
    text: 'x',
  });
  for (const [id, name] of people)
    await (await user(app.url, id, name))('POST', `/campaigns/${campaignId}/comments`, { text: 'here' });
});

const mentioned = async (text: string): Promise<number[] | undefined> => {
  const { status, body } = await alice('POST', `/campaigns/${campaignId}/comments`, { text });
  expect(status).toBe(201);
  return body.mentions?.map(({ id }: { id: number }) => id);
};

it.each([
  ['@Ada hello', [21]],
  ['so @ada, and @ADA LOVELACE!', [21, 22]],
  ['(@Ada Lovelace)', [22]],
  ['@Ada Lovelace’s idea', [21]],
  ['thanks @łukasz żak.', [23]],
  ['@user 24: yes', [24]],
  ['@李雷 好', [25]],
  ['@Jean-Luc de la Tour\n@Ada', [21, 26]],
  ['@Absent is not here', undefined],
  ['@user 21 has a name', undefined],
  ['ada@ada.example', undefined],
  ['@@Ada', undefined],
  ['@Adam', undefined],
  ['@', undefined],
  ['@ Ada', undefined],
])('%j names %j', async (text, ids) => {
  expect(await mentioned(text)).toEqual(ids);
});

it('a mention carries the name that readers see, live and over HTTP, and an edit renews it', async () => {
  const { body } = await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'ask @ada' });
  expect(body.mentions).toEqual([{ id: 21, name: 'Ada' }]);
  const { body: edited } = await alice('PATCH', `/comments/${body.id}`, { text: 'ask @Alice, @李雷', revision: 1 });
  expect(edited.mentions).toEqual([
    { id: 11, name: 'Alice' },
    { id: 25, name: '李雷' },
  ]);
  const { rows } = await app.pool.query(
    `select data from live_event where stream = campaign_stream($1) order by seq desc limit 1`,
    [campaignId],
  );
  expect(rows[0].data).toEqual(edited);
  const { body: plain } = await alice('PATCH', `/comments/${body.id}`, { text: 'never mind', revision: 2 });
  expect(plain).not.toHaveProperty('mentions');
});

it('a comment of another program names people too', async () => {
  const { rows } = await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
     values ($1, 30, 'comment', 'by psql, for @Ada') returning id`,
    [campaignId],
  );
  expect((await alice('GET', `/comments/${rows[0].id}`)).body.mentions).toEqual([{ id: 21, name: 'Ada' }]);
});
