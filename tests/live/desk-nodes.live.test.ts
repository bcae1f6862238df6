import { beforeAll, expect, it } from 'vitest';
import { moderator, peopleOf } from '../features/moderation/desk-world.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

let one: TestApp;
let two: TestApp;
let people: Awaited<ReturnType<typeof peopleOf>>;
beforeAll(async () => {
  const redis = await startRedis();
  const database = await freshDatabase();
  const environment = { databaseUrl: database.url, REDIS_URL: redis.url, NEW_FLAGGER_HOURS: '0' };
  [one, two] = [await startApp(environment), await startApp(environment)];
  people = await peopleOf(one);
});

async function deskOn({ url }: TestApp, id = 31) {
  const desk = await watch(url, { token: await token(id, { roles: ['moderator'] }) });
  expect(await desk.subscribe({ stream: 'moderation' })).toMatchObject({ ok: true });
  return desk;
}

it('a claim stays while its moderator has the desk open on another node, and is released soon after the last', async () => {
  const { mia, write, flag, item } = people;
  const watching = await deskOn(two, 32);
  const [here, there] = [await deskOn(one), await deskOn(two)];
  const id = await write();
  await flag(id);
  await mia('POST', `/moderation/items/${id}/claim`);
  const leaving = async () =>
    (await one.pool.query('select leaving_at from moderation_claim where comment_id = $1', [id])).rows[0]?.leaving_at;
  await one.pool.query('select leave_claims(31)'); // what the first node says when its last socket goes
  await eventually(async () => expect(await leaving()).toBe(null), { within: 5_000 });
  expect((await item(id)).claim).toMatchObject({ by: { id: 31 } });
  here.socket.disconnect();
  there.socket.disconnect();
  await watching.until('moderation:released', ({ commentId }) => commentId === id, 15_000);
  expect((await item(id)).claim).toBe(null);
  expect(watching.log.filter(({ name, data }) => name === 'moderation:claimed' && data.commentId === id)).toHaveLength(
    1,
  );
});

it('two moderators on two nodes race for every item: one decides, the other hears who, and both desks end alike', async () => {
  const { write, flag, mia, decide, author, proven, queues } = people;
  const noa = await moderator(two.url, 32, 'Noa');
  const desks = [await deskOn(one), await deskOn(two)];

  const won = [];
  for (let round = 0; round < 12; round++) {
    const id = await write();
    await flag(id, 1);
    const acts = [() => decide(mia, id, 'approve'), () => decide(noa, id, 'reject')];
    const edit = round % 3 === 0 ? author('PATCH', `/comments/${id}`, { text: `edited ${round}`, revision: 1 }) : null;
    const answers = await Promise.all(acts.map((act) => act()));
    await edit;
    const winners = answers.filter(({ status }) => status === 201);
    for (const { status, body } of answers) {
      if (status === 201) continue;
      expect([status, ['already_decided', 'stale_revision'].includes(body.code)]).toEqual([409, true]);
      if (body.code === 'already_decided') expect(body.decision).toEqual(winners[0]?.body);
    }
    expect(winners.length).toBeLessThanOrEqual(edit ? 2 : 1); // an edit between them ends an approval
    won.push(...winners.map(({ body }) => body.id));
  }
  const { rows } = await one.pool.query(`select head from live_stream where stream = 'moderation'`);
  for (const desk of desks) {
    await eventually(() => expect(desk.log.at(-1)?.seq).toBe(rows[0].head), { within: 5_000 });
    const decided = desk.log.filter(({ name }) => name === 'moderation:decided').map(({ data }) => data.id);
    expect(decided.toSorted((a, b) => a - b)).toEqual(won.toSorted((a, b) => a - b));
  }
  const truth = await queues();
  for (const desk of desks)
    await desk.until('moderation:queues', (data) => JSON.stringify(data) === JSON.stringify(truth));
  await proven();
});
