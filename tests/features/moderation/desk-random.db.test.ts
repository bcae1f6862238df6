import fc from 'fast-check';
import type pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { perform, program, proven } from '../../sql/counting-play.ts';
import { fallen, versionsOf } from '../../sql/projection-recount.ts';
import { startApp } from '../../support/app.ts';
import { freshDatabase, runOn } from '../../support/database.ts';
import { type DeskAct, deskAct, deskStatement, send } from './desk-acts.ts';
import { peopleOf } from './desk-world.ts';

/** A long run by hand: `OPERATIONS=20000 SEED=7 npx vitest run tests/features/moderation/desk-random`. */
const operations = Number(process.env.OPERATIONS ?? 600);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const programs = 2;
const callers = 4;
const perRound = { acts: 120, statements: 40 };

it(`after ${operations} flags, decisions, undos, edits, deletes and other programs' writes at once, the desk is what a recount gives (SEED=${seed})`, {
  timeout: 60_000 + operations * 50,
}, async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  await runOn(database.url, `alter database ${new URL(database.url).pathname.slice(1)} set deadlock_timeout = '20ms'`);
  const app = await startApp({ databaseUrl: database.url, NEW_FLAGGER_HOURS: '0' });
  const people = await peopleOf(app);
  for (let n = 0; n < 12; n++) await people.write(`comment ${n}`);
  const clients = await Promise.all(Array.from({ length: programs }, () => program(app.databaseUrl)));
  const judge = await program(app.databaseUrl);

  const told = new Map<string, number>();
  let before = await versionsOf(judge);
  for (let done = 0, round = 0; done < operations; round++, done += perRound.acts + perRound.statements) {
    const acts = fc.sample(deskAct, { seed: seed + round, numRuns: perRound.acts });
    const statements = fc.sample(deskStatement, { seed: seed + round, numRuns: perRound.statements });
    const known = await knownNow(judge);
    const call = async (act: DeskAct) => {
      const status = await send(people, act, known);
      told.set(`${act.kind} ${status}`, (told.get(`${act.kind} ${status}`) ?? 0) + 1);
      if (status >= 500 && status !== 503) throw new Error(`${status} to ${JSON.stringify(act)}`);
    };
    await Promise.all([
      ...inHands(acts, callers, call),
      ...clients.flatMap((client, n) =>
        inHands(
          statements.filter((_, place) => place % programs === n),
          1,
          (one) => perform(client, { operations: [one], rollback: false, savepoint: null }),
        ),
      ),
    ]);
    await proven(judge);
    const after = await versionsOf(judge);
    expect(fallen(before, after)).toEqual([]);
    before = after;
  }
  console.info(`SEED=${seed}: ${JSON.stringify(Object.fromEntries([...told].sort()))}`);
  for (const client of [...clients, judge]) await client.end();
  for (const kind of ['flag 201', 'approve 201', 'reject 201'])
    expect([kind, (told.get(kind) ?? 0) > 0]).toEqual([kind, true]);
});

/** Several hands take the next one in turn. */
function inHands<T>(all: T[], hands: number, work: (one: T) => Promise<unknown>): Promise<void>[] {
  return Array.from({ length: hands }, async (_, n) => {
    for (const one of all.filter((_, place) => place % hands === n)) await work(one);
  });
}

async function knownNow(judge: pg.Client) {
  const { rows: comments } = await judge.query(
    `select id from campaign_engagement where engagement_type = 'comment' order by id desc limit 15`,
  );
  const { rows: decisions } = await judge.query(
    `select id from moderation_log where action in ('approve', 'reject') order by id desc limit 10`,
  );
  return { comments: comments.map(({ id }) => Number(id)), decisions: decisions.map(({ id }) => Number(id)) };
}
