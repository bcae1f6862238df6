import { beforeAll, expect, it } from 'vitest';
import { user } from '../../support/api.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { deskWorld, peopleOf } from './desk-world.ts';

let app: TestApp;
let next = 1_000;
beforeAll(async () => {
  ({ app } = await deskWorld());
});
/** People and a campaign that no other test has, on the node of all tests or on one with another environment. */
async function world(environment?: NodeJS.ProcessEnv) {
  const on = environment
    ? await startApp({ databaseUrl: app.databaseUrl, NEW_FLAGGER_HOURS: '0', ...environment })
    : app;
  next += 100;
  return { ...(await peopleOf(on, next)), app: on, from: next };
}

it('three ordinary readers hide a comment until it is decided', async () => {
  const { write, flag, status, item, author, app, campaignId, proven, from } = await world();
  const id = await write();
  await flag(id, 2);
  expect(await status(id)).toBe('published');
  await (await user(app.url, from + 23))('POST', `/comments/${id}/flags`, { reason: 'abusive' });
  expect(await item(id)).toMatchObject({ queue: 'pending', flags: { total: 3, byReason: { spam: 2, abusive: 1 } } });
  const { rows } = await app.pool.query(
    `select data->'removed' as removed from live_event where stream = campaign_stream($1) and name = 'comment:removed'`,
    [campaignId],
  );
  expect(rows).toEqual([{ removed: { by: 'rule', reason: 'flags' } }]);
  expect((await author('GET', `/campaigns/${campaignId}/comments`)).body.items).toEqual([]);
  await proven();
});

it.each(['off', 'shadow'])('with AUTOMOD=%s flags are counted and hide nothing', async (AUTOMOD) => {
  const { write, flag, status, item } = await world({ AUTOMOD });
  const id = await write();
  await flag(id, 4);
  expect([await status(id), (await item(id)).queue, (await item(id)).flags.weight]).toEqual([
    'published',
    'reported',
    4,
  ]);
});

it('what a moderator approved is not hidden by flags', async () => {
  const { write, flag, decide, mia, status } = await world();
  const id = await write();
  await decide(mia, id, 'approve');
  await flag(id, 4);
  expect(await status(id)).toBe('approved');
});

it('new users alone hide nothing, however many; one with a past among them lets theirs count by half', async () => {
  const { app, write, status, item, campaignId, from } = await world({ NEW_FLAGGER_HOURS: '24' });
  const id = await write();
  for (let n = 0; n < 8; n++)
    await (await user(app.url, from + 50 + n))('POST', `/comments/${id}/flags`, { reason: 'spam' });
  expect([await status(id), (await item(id)).flags.weight]).toEqual(['published', 4]);
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, created_at)
     values ($1, $2, 'like', now() - interval '2 days')`,
    [campaignId, from + 60],
  );
  await (await user(app.url, from + 60))('POST', `/comments/${id}/flags`, { reason: 'spam' });
  expect(await status(id)).toBe('pending');
});

it('a flag weighs by what became of the earlier ones, and its user learns of each', async () => {
  const { write, decide, mia, readers, item } = await world();
  const [right, wrong] = readers;
  for (let n = 0; n < 3; n++) {
    const [bad, good] = [await write(), await write()];
    await right?.('POST', `/comments/${bad}/flags`, { reason: 'spam' });
    await wrong?.('POST', `/comments/${good}/flags`, { reason: 'spam' });
    await decide(mia, bad, 'reject');
    await decide(mia, good, 'approve');
    const learnt = await wrong?.('POST', `/comments/${good}/flags`, { reason: 'spam' });
    expect(learnt).toMatchObject({ status: 200, body: { outcome: 'disagreed' } });
  }
  const weights = [];
  for (const reader of [right, wrong]) {
    const id = await write();
    await reader?.('POST', `/comments/${id}/flags`, { reason: 'spam' });
    weights.push((await item(id)).flags.weight);
  }
  expect(weights).toEqual([1.5, 0.25]);
});

it('who flags without cause is warned once, and loses all weight by going on; an undo takes the warning back', async () => {
  const { app, write, decide, mia, readers, item, proven, from } = await world();
  const [reader] = readers;
  const mistaken = async () => {
    const id = await write();
    await reader?.('POST', `/comments/${id}/flags`, { reason: 'spam' });
    return (await decide(mia, id, 'approve')).body.id;
  };
  const warned = async () =>
    (await app.pool.query('select warned_at is not null as warned from flagger_record where user_id = $1', [from + 21]))
      .rows[0]?.warned;
  for (let n = 0; n < 4; n++) await mistaken();
  expect(await warned()).toBe(false);
  const fifth = await mistaken();
  expect(await warned()).toBe(true);
  await mia('POST', `/moderation/decisions/${fifth}/undo`);
  expect(await warned()).toBe(false);
  for (let n = 0; n < 4; n++) await mistaken();
  const { body: log } = await mia('GET', `/moderation/log?action=flagger_warned&userId=${from + 21}`);
  expect(log.items).toMatchObject([
    { userId: from + 21, actor: { id: null }, reason: 'false_flags' },
    { userId: from + 21, actor: { id: null } },
  ]);
  const id = await write();
  await reader?.('POST', `/comments/${id}/flags`, { reason: 'spam' });
  expect(await item(id)).toMatchObject({ queue: 'reported', flags: { total: 1, weight: 0 } });
  await proven();
});

it('an edit keeps a comment on the desk; flags of the text before it are nobody’s mistake', async () => {
  const { write, flag, decide, mia, author, readers, flags, item, from } = await world();
  const id = await write('rude');
  await flag(id);
  await author('PATCH', `/comments/${id}`, { text: 'polite', revision: 1 });
  expect(await item(id)).toMatchObject({ queue: 'reported', revision: 2 });
  await readers[1]?.('POST', `/comments/${id}/flags`, { reason: 'other' });
  await decide(mia, id, 'approve', { revision: 2 });
  expect(await flags(id)).toEqual([
    { user_id: from + 21, outcome: 'obsolete' },
    { user_id: from + 22, outcome: 'disagreed' },
  ]);
});

it('a comment that its author takes back leaves the desk, and its flags are obsolete', async () => {
  const { write, flag, author, flags, queues, proven, from } = await world();
  const id = await write();
  const before = (await queues()).reported;
  await flag(id);
  await author('DELETE', `/comments/${id}`);
  expect([await flags(id), (await queues()).reported]).toEqual([[{ user_id: from + 21, outcome: 'obsolete' }], before]);
  await proven();
});
