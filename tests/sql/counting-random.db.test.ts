import fc from 'fast-check';
import { expect, it } from 'vitest';
import { psql } from './counting.ts';
import { type Transaction, transactions, worldSize } from './counting-operations.ts';
import { perform, program, proven } from './counting-play.ts';
import { fallen, versionsOf } from './projection-recount.ts';

const connections = 4;
const rounds = 3;

const seeds = process.env.SEED ? [Number(process.env.SEED)] : [1, 2, 3, Math.floor(Math.random() * 2 ** 31)];

it.each(seeds)(
  'whatever several programs do at once, everything derived is what the rows say (SEED=%i)',
  { timeout: 120_000 },
  async (seed) => {
    const [all = []] = fc.sample(transactions, { seed, numRuns: 1 });
    await playOut(all);
  },
);

async function playOut(all: Transaction[]): Promise<void> {
  const world = await psql();
  await world.campaigns(worldSize);
  const programs = await Promise.all(Array.from({ length: connections }, () => program(world.url)));
  const log = { done: 0, refused: 0 };
  let before = await versionsOf(world.client);
  let most = 0; // engagement there was at the end of a round: a truncate may take all of it
  const size = Math.ceil(all.length / rounds);
  for (let start = 0; start < all.length; start += size) {
    const round = all.slice(start, start + size);
    await Promise.all(
      programs.map(async (program, n) => {
        for (const [place, transaction] of round.entries()) {
          if (place % connections === n) log[await perform(program, transaction)]++;
        }
      }),
    );
    await proven(world.client);
    const after = await versionsOf(world.client);
    expect(fallen(before, after)).toEqual([]);
    before = after;
    const { rows } = await world.client.query('select count(*)::int as rows from campaign_engagement');
    most = Math.max(most, rows[0].rows);
  }
  await Promise.all(programs.map((program) => program.end()));
  expect(log.done).toBeGreaterThan(all.length / 2); // else the run proved little
  expect(most).toBeGreaterThan(3);
}
