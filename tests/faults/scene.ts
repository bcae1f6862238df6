import { setTimeout as sleep } from 'node:timers/promises';
import { liveCampaign } from '../support/api.ts';
import { eventually } from '../support/poll.ts';
import { readTruth } from './database-truth.ts';
import type { Begun, Fault } from './faults/fault.ts';
import { type Violation, violations } from './history.ts';
import { closeReaders, type Reader, read } from './reader.ts';
import { type Recorder, record } from './recorder.ts';
import { longestSilence } from './silence.ts';
import type { World } from './world.ts';
import { startWriters, type Writers } from './writers.ts';

/** The contract's: after a fault ends everybody has everything within 15 seconds. */
const CONVERGED_WITHIN_MS = 15_000;
const settleMs = 1_000;

export interface SceneFigures {
  fault: string;
  lastedMs: number;
  /** Since the fault ended, until everybody had everything; for a fault that is borne, since it began. */
  convergedMs: number;
  /** The longest time between two events, for those whose node was hit and for the others; null where there are none. */
  silenceMs: { hit: number | null; others: number | null };
  /** The longest that a writer waited for an answer: while PostgreSQL is away nothing can come. */
  waitMs: number;
  events: number;
  acknowledged: number;
  violations: Violation[];
  /** What else the fault has to tell. */
  note: string | null;
}

interface Cast {
  campaignId: number;
  writers: Writers;
  recorders: Recorder[];
  readers: Reader[];
}

/** People write and watch on a campaign of their own, the fault happens, and it is seen what became of the promises. */
export async function play(world: World, fault: Fault): Promise<SceneFigures> {
  const cast = await assemble(world, fault.calm ?? false);
  let begun: Begun | undefined;
  try {
    await sleep(world.random.between(300, 1_300));
    const lasts = world.random.between(...fault.lasts) * 1_000;
    const began = performance.now();
    begun = await fault.begin(world, { ...cast, writes: cast.writers });
    const borne = fault.convergesWithin ? await whileItLasts(world, cast, begun, { fault, began }) : null;
    await sleep(Math.max(0, lasts - (performance.now() - began)));
    await begun.undo();
    const ended = performance.now();
    if (!borne) await sleep(settleMs);
    await cast.writers.pause();
    const found = await converge(world, cast, begun, ended + CONVERGED_WITHIN_MS);
    await everyNodeIsReady(world);
    const after = found.at - ended;
    return {
      fault: fault.name,
      lastedMs: ended - began,
      convergedMs: borne ? borne.ms : after,
      ...figuresOf(cast, begun, began),
      note: begun.note?.() ?? null,
      violations: [...(borne?.violations ?? []), ...found.violations],
    };
  } finally {
    begun?.leave?.();
    leave(cast);
  }
}

async function assemble(world: World, calm: boolean): Promise<Cast> {
  const urls = world.nodes.map(({ door }) => `http://127.0.0.1:${door.port}`);
  const { url: databaseUrl } = world.postgres;
  const campaignId = await liveCampaign(urls[0] ?? '');
  const recorders: Recorder[] = [];
  const readers: Reader[] = [];
  for (const [home, url] of urls.entries()) {
    for (const nth of ['a', 'b']) {
      recorders.push(await record(url, `campaign:${campaignId}`, `follower ${nth} of node ${home}`, home));
    }
    readers.push(await read(url, campaignId, `client of node ${home}`, home));
  }
  const pace = calm ? { count: 1, thinkMs: 1_000 } : { count: 6, thinkMs: 60 };
  const writers = startWriters({ urls, databaseUrl, campaignId, random: world.random, ...pace });
  return { campaignId, writers, recorders, readers };
}

/** Everybody has to get everything though the fault goes on; nothing is written after that. */
async function whileItLasts(world: World, cast: Cast, begun: Begun, { fault, began }: { fault: Fault; began: number }) {
  await sleep(2 * settleMs);
  await cast.writers.pause();
  const found = await converge(world, cast, begun, began + (fault.convergesWithin ?? 0) * 1_000);
  return { ms: found.at - began, violations: found.violations };
}

/** The moment at which nothing was wrong any more, or what still is at the deadline. */
async function converge(world: World, cast: Cast, begun: Begun, deadline: number) {
  for (;;) {
    const database = await readTruth(world.postgres.url, cast.campaignId);
    const shown = cast.readers.map(({ name, glass }) => ({ name, glass: glass() }));
    const found = [
      ...violations({ writes: cast.writers, watched: cast.recorders, shown, database }),
      ...(begun.violations?.(database.head) ?? []),
    ];
    const at = performance.now();
    if (found.length === 0 || at > deadline) return { at, violations: found };
    await sleep(100);
  }
}

/** Promise 3: readyz tells the truth, so soon after everything arrives it has to be good again. */
async function everyNodeIsReady({ nodes }: World): Promise<void> {
  const check = async (url: string) => {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    if (answer.status !== 200) throw new Error(`readyz: ${answer.status} ${await answer.text()}`);
  };
  await eventually(() => Promise.all(nodes.map(({ url }) => check(url))), { within: CONVERGED_WITHIN_MS });
}

function figuresOf({ writers, recorders, readers }: Cast, { hit, hitWatcher }: Begun, began: number) {
  const watchers = [...recorders, ...readers];
  const isHit = ({ home, name }: (typeof watchers)[number]) => hit.includes(home) || name === hitWatcher;
  const longest = (of: typeof watchers) =>
    of.length === 0 ? null : Math.max(...of.map((watcher) => longestSilence(watcher.heardAt(), began)));
  return {
    silenceMs: {
      hit: longest(watchers.filter(isHit)),
      others: longest(watchers.filter((one) => !isHit(one))),
    },
    waitMs: writers.longestWaitMs(),
    events: Math.max(...watchers.map((watcher) => watcher.heardAt().length)),
    acknowledged: writers.acknowledged.length,
  };
}

function leave({ recorders }: Cast): void {
  closeReaders();
  for (const recorder of recorders) recorder.close();
}
