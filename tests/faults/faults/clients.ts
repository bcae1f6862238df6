/* Clients that are cut, many at once, or that are slow. */
import fs from 'node:fs';
import pg from 'pg';
import { openCrowd } from '../crowd.ts';
import type { Writes } from '../history.ts';
import type { World } from '../world.ts';
import type { Begun, Fault, FaultCast } from './fault.ts';

/** `count` light clients beside the others, all cut within `spreadMs`. */
async function cutCrowd({ nodes }: World, { campaignId }: FaultCast, count: number, spreadMs: number): Promise<Begun> {
  // Past the doors, which would take this process more than the clients do.
  const ports = nodes.map(({ url }) => Number(new URL(url).port));
  const crowd = await openCrowd(ports, `campaign:${campaignId}`, count);
  await crowd.cut(spreadMs);
  return {
    hit: [],
    undo: async () => {},
    violations: crowd.violations,
    note() {
      const times = crowd.recoveries().sort((a, b) => a - b);
      const at = (share: number) => `${Math.round(times[Math.ceil(times.length * share) - 1] ?? Number.NaN)} ms`;
      const share = `${((100 * times.length) / count).toFixed(2)} %`;
      return `of ${count} cut clients ${share} recovered: p50 ${at(0.5)}, p99 ${at(0.99)}, last ${at(1)}`;
    },
    leave: crowd.close,
  };
}

/** One client stops reading while far more comes than the kernels of both sides take. */
async function stopReading(world: World, { campaignId, recorders, writes }: FaultCast): Promise<Begun> {
  const slow = world.random.of(recorders);
  const before = memoryOf(world);
  slow.pause();
  await tellAtLength(world, campaignId, writes);
  return {
    hit: [],
    hitWatcher: slow.name,
    undo: async () => slow.resume(),
    note: () => `${slow.name} read nothing; resident memory of the nodes went from ${before} to ${memoryOf(world)} MB`,
  };
}

const comments = 500;

async function tellAtLength(world: World, campaignId: number, writes: Writes): Promise<void> {
  for (let n = 0; n < comments; n++) writes.uncertain.push(`long.${n}`);
  const client = new pg.Client({ connectionString: world.postgres.url });
  await client.connect();
  // A few at a time: one long transaction would keep the others from writing, and that is another test's matter.
  for (let first = 0; first < comments; first += 10) {
    await client.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 21, 'comment', 'long.' || n || ':' || repeat('🌋', 4900) from generate_series($2::int, $2::int + 9) n`,
      [campaignId, first],
    );
  }
  await client.end();
}

/** Of each node, in MB; elsewhere than on Linux nobody says. */
function memoryOf({ nodes }: World): string {
  const of = (pid: number) => {
    const file = `/proc/${pid}/status`;
    const kb = fs.existsSync(file) ? /VmRSS:\s+(\d+)/.exec(fs.readFileSync(file, 'utf8'))?.[1] : undefined;
    return kb === undefined ? '?' : String(Math.round(Number(kb) / 1_024));
  };
  return nodes.map((node) => of(node.pid())).join(' and ');
}

const manyClients = Number(process.env.CROWD ?? 2_000);

export const clientFaults: Fault[] = [
  { name: 'jitter-cuts', lasts: [0, 0], begin: (world, cast) => cutCrowd(world, cast, 200, 2_000) },
  { name: 'crowd-cut', lasts: [0, 0], calm: true, begin: (world, cast) => cutCrowd(world, cast, manyClients, 0) },
  { name: 'slow-reader', lasts: [5, 10], begin: stopReading },
];
