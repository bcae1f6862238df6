import fc from 'fast-check';
import type pg from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { type Api, admin, liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';
import { freshDatabase, runOn } from '../support/database.ts';
import { type CallWorld, call, send } from './counting-calls.ts';
import { transaction, worldSize } from './counting-operations.ts';
import { perform, program, proven } from './counting-play.ts';
import { fallen, versionsOf } from './projection-recount.ts';

/** Statements and calls, in all; a long run by hand: `OPERATIONS=100000 SEED=7 npx vitest run tests/sql/counting-api`. */
const operations = Number(process.env.OPERATIONS ?? 1_000);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const programs = 3;
const callers = 3;
const perRound = { transactions: 60, calls: 120 };

const tally = { statements: 0, transactions: 0, calls: 0, refused: 0, rounds: 0 };
const tried = () => tally.statements + tally.calls;

it(`after ${operations} writes by HTTP and SQL at once, with rollbacks, everything derived is what the rows say (SEED=${seed})`, {
  timeout: 60_000 + operations * 20,
}, async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  // Two programs that wait for each other hear of it soon, and so does the server.
  await runOn(database.url, `alter database ${new URL(database.url).pathname.slice(1)} set deadlock_timeout = '20ms'`);
  const app = await startApp({ databaseUrl: database.url });
  const campaigns: number[] = [];
  for (let n = 0; n < worldSize; n++) campaigns.push(await liveCampaign(app.url, { cpiRate: 0.25 }));
  const people = [await admin(app.url)];
  for (let n = 1; n <= 6; n++) people.push(await user(app.url, n));
  const clients = await Promise.all(Array.from({ length: programs }, () => program(app.databaseUrl)));
  const judge = await program(app.databaseUrl);

  try {
    let before = await versionsOf(judge);
    while (tried() < operations) {
      await playRound(clients, people, await worldNow(judge, campaigns));
      await proven(judge);
      const after = await versionsOf(judge);
      expect(fallen(before, after)).toEqual([]);
      before = after;
    }
  } finally {
    console.info(`${tried()} operations tried, SEED=${seed}: ${JSON.stringify(tally)}`);
  }
  for (const client of [...clients, judge]) await client.end();
  expect(tally.refused).toBeLessThan((tally.transactions + tally.calls) / 2); // else the run proved little
});

async function worldNow(judge: pg.Client, campaigns: number[]): Promise<CallWorld> {
  const { rows } = await judge.query(
    `select id from campaign_engagement where engagement_type = 'comment' order by id desc limit 200`,
  );
  return { campaigns, comments: rows.map(({ id }) => Number(id)), round: tally.rounds };
}

async function playRound(clients: pg.Client[], people: Api[], world: CallWorld): Promise<void> {
  tally.rounds++;
  const options = { seed: seed + tally.rounds };
  const written = fc.sample(transaction, { ...options, numRuns: perRound.transactions });
  const called = fc.sample(call, { ...options, numRuns: perRound.calls });
  const sql = clients.map(async (client, n) => {
    for (const one of written.filter((_, place) => place % clients.length === n)) {
      tally.transactions++;
      tally.statements += one.operations.length;
      if ((await perform(client, one)) === 'refused') tally.refused++;
    }
  });
  const http = Array.from({ length: callers }, async (_, n) => {
    for (const one of called.filter((_, place) => place % callers === n)) {
      tally.calls++;
      const status = await send(people, one, world);
      if (status >= 400) tally.refused++;
      if (status >= 500 && status !== 503) throw new Error(`${status} to ${JSON.stringify(one)}`);
    }
  });
  await Promise.all([...sql, ...http]);
}
