/* Processes that die, stop, or are told to go. */
import type { Node } from '../world.ts';
import type { Fault } from './fault.ts';

const TERM_WITHIN_MS = 30_000;

const killed = async (node: Node) => {
  node.signal('SIGKILL');
  await node.ended();
  return { hit: [node.place], undo: () => node.start() };
};

const stopped = async (node: Node) => {
  node.signal('SIGSTOP');
  return { hit: [node.place], undo: async () => node.signal('SIGCONT') };
};

async function restartInOrder(node: Node): Promise<void> {
  node.signal('SIGTERM');
  const asked = performance.now();
  const code = await node.ended();
  const tookMs = performance.now() - asked;
  if (code !== 0 || tookMs > TERM_WITHIN_MS) throw new Error(`SIGTERM: exit ${code} after ${Math.round(tookMs)} ms`);
  await node.start();
}

export const processFaults: Fault[] = [
  { name: 'kill-node', lasts: [0.5, 3], begin: async (world) => killed(await world.follower()) },
  { name: 'kill-leader', lasts: [0.5, 3], short: true, begin: async (world) => killed(await world.leader()) },
  {
    name: 'kill-redis',
    lasts: [11, 12],
    convergesWithin: 10,
    short: true,
    async begin({ redis }) {
      await redis.kill();
      return { hit: [], undo: () => redis.start() };
    },
  },
  {
    name: 'kill-postgres',
    lasts: [0.2, 4],
    short: true,
    async begin({ postgres, nodes }) {
      await postgres.kill();
      return { hit: nodes.map(({ place }) => place), undo: () => postgres.start() };
    },
  },
  { name: 'stop-leader', lasts: [10, 10], short: true, begin: async (world) => stopped(await world.leader()) },
  { name: 'stop-node', lasts: [10, 10], begin: async (world) => stopped(await world.follower()) },
  {
    name: 'rolling-restart',
    lasts: [0, 0],
    async begin({ nodes }) {
      for (const node of nodes) await restartInOrder(node);
      return { hit: nodes.map(({ place }) => place), undo: async () => {} };
    },
  },
  {
    name: 'clock-back',
    lasts: [4, 6],
    async begin({ nodes }) {
      const turn = () => {
        for (const node of nodes) node.signal('SIGUSR2');
      };
      turn();
      return { hit: [], undo: async () => turn() };
    },
  },
];
