import type { NodeChild } from './children.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { ask } from './fanout-sides.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { startOurs } from './servers.ts';
import type { Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';
import type { Greeting } from './subscriber.ts';

const sockets = 5_000;
const goalRatio = 0.75;

/** Bytes: after collecting garbage, so that it is what a connection keeps and not what its handshake left behind. */
interface Memory {
  /** Of JavaScript, with the buffers outside its heap. */
  held: number;
  resident: number;
}

/** In the process that is measured: collects garbage and tells what is left, when asked. */
const teller = `process.on('message', (message) => {
    if (message.tell !== 'memory') return;
    gc(); gc();
    const { heapUsed, external, rss } = process.memoryUsage();
    process.send({ held: heapUsed + external, resident: rss });
  });
  process.channel.unref();`;
export const memoryFlags = ['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(teller)}`];

/** What an idle connection with one subscription keeps, beside stock Socket.IO in one room. */
export async function idle(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const results: Record<'ours' | 'stock', Memory[]> = { ours: [], stock: [] };
  for (let number = 1; number <= options.rounds; number++) {
    for (const side of ['ours', 'stock'] as const) {
      const memory = await (side === 'ours' ? roundOfOurs(stage) : roundOfStock(stage));
      results[side].push(memory);
      told(
        `idle, round ${number}: ${side} ${numberText(memory.held / 1_024, 1)} kB held, ${numberText(memory.resident / 1_024, 1)} kB resident`,
      );
      await stage.clear();
    }
  }
  const kb = (side: 'ours' | 'stock', key: keyof Memory) => results[side].map((memory) => memory[key] / 1_024);
  const achieved = (key: keyof Memory) => ratios(kb('ours', key), kb('stock', key));
  const row = (title: string, key: keyof Memory) => [
    title,
    spreadText(kb('ours', key), 1),
    spreadText(kb('stock', key), 1),
    spreadText(achieved(key), 2),
  ];
  return {
    title: `An idle connection, of ${numberText(sockets)} with one subscription each; ${options.rounds} rounds, kB, median (min–max)`,
    table: [
      ['', 'ours', 'stock Socket.IO', 'ratio'],
      row('held by JavaScript, garbage collected', 'held'),
      row('resident', 'resident'),
    ],
    notes: ['the kernel’s own buffers are not in it'],
    goals: [
      {
        sentence: `ours keeps at most ${goalRatio}× of stock: ${spreadText(achieved('held'), 2)}`,
        met: spreadOf(achieved('held')).median <= goalRatio,
      },
    ],
    rounds: results,
  };
}

async function roundOfOurs(stage: Stage): Promise<Memory> {
  const url = await stage.database('idle');
  const server = await startOurs(stage, url, memoryFlags);
  const [campaign = 0] = await makeLiveCampaigns(url, 1);
  return grown(stage, server, { event: 'subscribe', payload: { stream: `campaign:${campaign}` } });
}

async function roundOfStock(stage: Stage): Promise<Memory> {
  const server = stage.start('tests/bench/fanout-server.ts', { env: { SIDE: 'stock' }, nodeFlags: memoryFlags });
  const { port } = await server.message<{ port: number }>();
  return grown(stage, { port, child: server }, { event: 'subscribe', payload: {} });
}

/** By how much the server grew from a hundred sockets, when its code is warm, to all of them; for one. */
async function grown(
  stage: Stage,
  { port, child }: { port: number; child: NodeChild },
  greeting: Greeting,
): Promise<Memory> {
  const open = async (count: number) => {
    const crowd = stage.start('tests/bench/fanout-crowd.ts', { env: {} });
    await ask(crowd, { do: 'open', port, greeting, sockets: count });
  };
  const read = async () => {
    child.send({ tell: 'memory' });
    return child.message<Memory>();
  };
  await open(100);
  const before = await read();
  await open(sockets);
  const after = await read();
  return { held: (after.held - before.held) / sockets, resident: (after.resident - before.resident) / sockets };
}
