import fs from 'node:fs';
import path from 'node:path';
import { numberText } from './report.ts';

export interface ProfileLine {
  share: number;
  name: string;
  place: string;
}

interface Profile {
  /** Microseconds of the monotonic clock, as are process.hrtime's. */
  startTime: number;
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
}

type Again = (
  nodeFlags: string[],
) => Promise<{ round: () => Promise<{ rate: number; seconds: number }>; stop: () => Promise<void> }>;

/**
 * A round under --cpu-prof, after one to get warm: its rate, the file, and the functions by their own time, without start and stop of the
 * server. Node.js writes a profile for each thread; the loader's has hardly a busy moment in the round.
 */
export async function underProfile(directory: string, again: Again) {
  const place = path.resolve(directory, `likes-${process.pid}`);
  fs.mkdirSync(place, { recursive: true });
  const server = await again(['--cpu-prof', `--cpu-prof-dir=${place}`]);
  await server.round(); // of a new process: it verifies every token once and compiles
  const { rate, seconds } = await server.round();
  const to = Number(process.hrtime.bigint() / 1_000n);
  const from = to - seconds * 1e6;
  await server.stop();
  const threads = fs.readdirSync(place).map((name) => {
    const file = path.join(place, name);
    return { file, ...selfTimes(JSON.parse(fs.readFileSync(file, 'utf8')) as Profile, from, to) };
  });
  const [main] = threads.sort((a, b) => b.busy - a.busy);
  if (!main) throw new Error(`the server left no profile in ${place}`);
  return { rate, file: main.file, lines: main.lines };
}

export function profileText({ rate, file, lines }: Awaited<ReturnType<typeof underProfile>>): string[] {
  const top = lines.slice(0, 25);
  return [
    `our server's own time by function, at ${numberText(rate)}/s under the profiler; all of it in ${file}`,
    ...top.map(({ share, name, place }) => `  ${numberText(share * 100, 1).padStart(5)} %  ${name}  ${place}`),
  ];
}

/** Shares of the busy time between two moments. */
function selfTimes({ startTime, nodes, samples, timeDeltas }: Profile, from: number, to: number) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, number>();
  let at = startTime;
  let busy = 0;
  for (const [place, id] of samples.entries()) {
    const delta = timeDeltas[place] ?? 0;
    at += delta;
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)' || at < from || at > to) continue;
    const key = `${frame.functionName || '(anonymous)'}\t${shortened(frame.url)}:${frame.lineNumber + 1}`;
    times.set(key, (times.get(key) ?? 0) + delta);
    busy += delta;
  }
  const lines: ProfileLine[] = [...times].map(([key, time]) => {
    const [name = '', place = ''] = key.split('\t');
    return { share: time / busy, name, place: place === ':0' ? '' : place };
  });
  return { busy, lines: lines.sort((a, b) => b.share - a.share) };
}

function shortened(url: string): string {
  return url.replace(/^.*\/node_modules\//, '').replace(/^.*\/server\//, 'server/');
}
