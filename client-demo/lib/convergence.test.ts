import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Client, glass } from './testing/client.ts';
import { type Act, World } from './testing/world.ts';

const index = fc.nat({ max: 30 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('post'), parent: fc.option(index), author: fc.constantFrom(1, 99) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('edit', 'remove', 'restore', 'like'), target: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('like campaign', 'rename') }) },
);

type Step =
  | { step: 'act'; act: Act }
  | { step: 'deliver' | 'double' | 'lose'; index: number }
  | { step: 'cut' | 'connect' | 'forget' | 'more' | 'sort' | 'replies' | 'answer' }
  | { step: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ step: fc.constant('act'), act }) },
  { weight: 6, arbitrary: fc.record({ step: fc.constantFrom('deliver', 'double', 'lose'), index }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constantFrom('cut', 'connect', 'forget') }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constantFrom('more', 'sort', 'replies', 'answer') }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('wait'), ms: fc.constantFrom(0, 1, 120, 2_000) }) },
);

const replayable = step.filter(({ step }) => step !== 'forget');

async function take(client: Client, world: World, step: Step): Promise<void> {
  switch (step.step) {
    case 'act':
      return client.act(step.act);
    case 'deliver':
      return client.deliver(step.index);
    case 'double':
      return client.deliver(step.index, true);
    case 'lose':
      return client.lose(step.index);
    case 'cut':
      return client.cut();
    case 'connect':
      return client.connected ? undefined : client.connect();
    case 'forget':
      client.oldest = world.seq;
      return;
    case 'more':
      return client.askMore();
    case 'sort':
      return client.askSort(client.state.top.sort === 'newest' ? 'oldest' : 'newest');
    case 'replies':
      return client.askReplies(client.openBranch() ?? 1);
    case 'answer':
      return client.receiveAnswer();
    case 'wait':
      return client.clock.pass(step.ms);
    default:
      return step satisfies never;
  }
}

/** The last thing that happens is told to a connected client; then it has what it needs to find every gap. */
async function play(before: Act[], steps: Step[], limits?: { limit: number; previews: number }) {
  const world = new World();
  for (const one of before) world.act(one);
  const client = new Client(world, limits);
  client.connect();
  await client.clock.pass(0);
  for (const one of steps) await take(client, world, one);
  if (!client.connected) client.connect();
  await client.clock.pass(0);
  client.act({ do: 'like campaign' });
  await client.settle();
  while (client.answers.length > 0) client.receiveAnswer();
  return { world, client };
}

async function freshGlass(world: World, client: Client) {
  const fresh = new Client(world);
  fresh.connect();
  await fresh.settle();
  fresh.askSort(client.state.top.sort);
  fresh.loadAll();
  return glass(fresh.state);
}

/** Stands in the name, so that a run that ends in any other way than by an assertion tells it too. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = Number(process.env.RUNS ?? 600);

describe(`SEED=${seed}: a client behind a line that loses, doubles and reorders`, () => {
  it('that came first ends with what one sees that comes last and reads it all', async () => {
    const scenario = fc.asyncProperty(fc.array(replayable, { maxLength: 80 }), async (steps) => {
      const { world, client } = await play([], steps);
      expect(glass(client.state)).toEqual(await freshGlass(world, client));
      expect(client.state.position?.seq).toBe(world.seq);
    });
    await fc.assert(scenario, { seed, numRuns: runs });
  });

  it('ends so too when it came later, read in pages and was sent back to a snapshot', async () => {
    const scenario = fc.asyncProperty(
      fc.array(act, { maxLength: 40 }),
      fc.array(step, { maxLength: 40 }),
      async (before, steps) => {
        const { world, client } = await play(before, steps, { limit: 3, previews: 2 });
        client.loadAll();
        expect(glass(client.state)).toEqual(await freshGlass(world, client));
      },
    );
    await fc.assert(scenario, { seed, numRuns: runs });
  });

  it('asks again for each log event that was lost, and not when nothing was', async () => {
    const scenario = fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 20 }), index, async (acts, lost) => {
      const world = new World();
      const client = new Client(world);
      client.connect();
      await client.settle(2_000);
      for (const one of acts) client.act(one);
      const all = client.line.length;
      client.lose(lost);
      const nothingLost = client.line.length === all;
      client.act({ do: 'like campaign' });
      await client.settle(2_000);
      expect(client.asked).toBe(nothingLost ? 1 : 2);
    });
    await fc.assert(scenario, { seed, numRuns: runs / 3 });
  });
});
