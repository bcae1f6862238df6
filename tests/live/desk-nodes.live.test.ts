import { expect, it } from 'vitest';
import { moderator, peopleOf } from '../features/moderation/desk-world.ts';
import { startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startRedis } from '../support/redis.ts';
import { watch } from '../support/watcher.ts';

it('two moderators on two nodes race for every item: one decides, the other hears who, and both desks end alike', async () => {
  const redis = await startRedis();
  const database = await freshDatabase();
  const environment = { databaseUrl: database.url, REDIS_URL: redis.url, NEW_FLAGGER_HOURS: '0' };
  const [one, two] = [await startApp(environment), await startApp(environment)];
  const { write, flag, mia, decide, author, proven, queues } = await peopleOf(one);
  const noa = await moderator(two.url, 32, 'Noa');
  const desks = [];
  for (const { url } of [one, two]) {
    const desk = await watch(url, { token: await token(31, { roles: ['moderator'] }) });
    expect(await desk.subscribe({ stream: 'moderation' })).toMatchObject({ ok: true });
    desks.push(desk);
  }

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
  await redis.stop();
});
