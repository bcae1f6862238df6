import pg from 'pg';
import { expect, it } from 'vitest';
import { liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { refusalOf } from './refusals.ts';

it('calls that wait for somebody’s lock hold up nobody else', async () => {
  const app = await startApp();
  const [held, other] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const as = await user(app.url, 11);
  const made = await Promise.all(
    Array.from({ length: 14 }, (_, n) => as('POST', `/campaigns/${held}/comments`, { text: `${n}` })),
  );
  const holder = new pg.Client(app.databaseUrl);
  await holder.connect();
  await holder.query('begin');
  await holder.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) values ($1, 9, 'comment', 'x')`,
    [held],
  );
  const edits = made.map(({ body }) => as('PATCH', `/comments/${body.id}`, { text: 'edited', revision: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await as('GET', `/campaigns/${other}/comments`)).status).toBe(200);
  expect((await as('POST', `/campaigns/${other}/comments`, { text: 'x' })).status).toBe(201);
  await eventually(
    async () => {
      const answer = await fetch(`${app.url}/readyz`);
      expect([answer.status, await answer.text()]).toEqual([200, expect.anything()]);
    },
    { within: 3_000 },
  );
  await holder.query('commit');
  await holder.end();
  expect((await Promise.all(edits)).map(({ status }) => status)).toEqual(Array(14).fill(200));
});

it('a comment that another program deletes meanwhile is unknown to who flags it', async () => {
  const app = await startApp();
  const id = await liveCampaign(app.url);
  const as = await user(app.url, 11);
  const { body } = await as('POST', `/campaigns/${id}/comments`, { text: 'x' });
  const other = new pg.Client(app.databaseUrl);
  await other.connect();
  await other.query('begin');
  await other.query('delete from campaign_engagement where id = $1', [body.id]);
  const flagging = as('POST', `/comments/${body.id}/flags`, { reason: 'spam' });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await other.query('commit');
  await other.end();
  expect(refusalOf(await flagging)).toBe('404 unknown_comment');
});
