import { allFaults } from './all-faults.ts';
import type { Fault } from './faults/fault.ts';
import { type Random, randomOf } from './random.ts';
import { play, type SceneFigures } from './scene.ts';
import { startWorld } from './world.ts';

export interface RunOptions {
  seed: number;
  /** Each fault so many times; 0: the short form, a handful of them once. */
  rounds: number;
  /** Only faults with one of these words in their name. */
  only: string[];
}

/** From SEED, FAULTS_ROUNDS and FAULTS_ONLY (a comma list), as `npm run test:faults` sets them. */
export function readOptions(env: NodeJS.ProcessEnv): RunOptions {
  const only = (env.FAULTS_ONLY ?? '').split(',').filter(Boolean);
  return { seed: Number(env.SEED ?? Date.now() % 1_000_000), rounds: Number(env.FAULTS_ROUNDS ?? 0), only };
}

/** Plays faults in an order of chance on one world, and tells each one's figures as it ends. */
export async function run({ seed, rounds, only }: RunOptions, tell: (line: string) => void): Promise<SceneFigures[]> {
  tell(`faults with SEED=${seed}, ${rounds} rounds`);
  const random = randomOf(seed);
  const world = await startWorld(random);
  const played: SceneFigures[] = [];
  tell(heading);
  try {
    for (const fault of choose(random, rounds, only)) {
      const figures = await play(world, fault);
      tell(lineOf(figures));
      if (figures.note) tell(`  ${figures.note}`);
      played.push(figures);
      for (const one of figures.violations.slice(0, 10)) tell(`  ${one.kind}, ${one.who}: ${one.what.slice(0, 300)}`);
    }
  } finally {
    await world.close();
  }
  return played;
}

function choose(random: Random, rounds: number, only: string[]): Fault[] {
  const wanted = (name: string) => only.length === 0 || only.some((word) => name.includes(word));
  const faults = allFaults.filter(({ name, short }) => wanted(name) && (rounds > 0 || only.length > 0 || short));
  return Array.from({ length: Math.max(1, rounds) }, () => shuffled(random, faults)).flat();
}

function shuffled<T>(random: Random, things: T[]): T[] {
  const left = [...things];
  return things.map(() => left.splice(left.indexOf(random.of(left)), 1)[0] as T);
}

/** For people whose own node is well: an aim and no promise, so that it is told and fails nothing. */
const silenceAimMs = 2_000;
const columns = ['lasted', 'converged', 'silence (hit)', 'silence (others)', 'writer waited', 'events', 'acks'];
const heading = ['fault'.padEnd(24), ...columns.map((column) => column.padStart(17))].join('');

function lineOf({ fault, lastedMs, convergedMs, silenceMs, waitMs, events, acknowledged }: SceneFigures): string {
  const times = [lastedMs, convergedMs, silenceMs.hit, silenceMs.others, waitMs];
  const cells = [
    ...times.map((ms) => (ms === null ? '—' : `${(ms / 1_000).toFixed(2)} s`)),
    String(events),
    String(acknowledged),
  ];
  const late = (silenceMs.others ?? 0) > silenceAimMs ? '  over the aim of 2 s' : '';
  return [fault.padEnd(24), ...cells.map((cell) => cell.padStart(17)), late].join('');
}
