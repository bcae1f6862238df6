import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from './api.ts';
import { differences } from './differences.ts';
import type { Documents } from './documents.ts';
import { type Verdict, verdictOf } from './result.ts';
import { readOverHttp } from './truth-http.ts';
import { readOverSql } from './truth-sql.ts';
import { watchedState } from './watched.ts';
import type { Watcher } from './watcher.ts';

const againEveryMs = 200;
/** The server compares each room with the database every 2 s, so what has not come by then does not come any more. */
const quietForMs = 5_000;

interface CompareOptions {
  api: Api;
  databaseUrl: string | null;
  campaignIds: number[];
  watchers: Watcher[];
  /** What has to be there. */
  acknowledged: Documents;
  /** By performance.now(): until then at most, a watcher that still differs is looked at again. */
  deadline: number;
}

interface Compared {
  verdicts: Verdict[];
  /** The database's state: by SQL where that could be read, else over HTTP. */
  truth: Documents;
}

/**
 * Three questions: is what was acknowledged in the database (over HTTP, and by SQL), nothing more and nothing less; and
 * has each watcher, from live messages alone, come to that same state.
 */
export async function compareStates(options: CompareOptions): Promise<Compared> {
  const { api, databaseUrl, campaignIds, watchers, acknowledged, deadline } = options;
  const overHttp = await readOverHttp(api, campaignIds);
  const overSql = databaseUrl === null ? null : await readOverSql(databaseUrl, campaignIds);
  const truths: [string, Documents][] = [
    ['HTTP', overHttp],
    ...(overSql ? [['SQL', overSql] as [string, Documents]] : []),
  ];

  const verdicts = truths.map(([name, truth]) =>
    verdictOf(`database over ${name}`, {
      with: ['what was acknowledged'],
      documents: truth.size,
      differences: differences(acknowledged, truth),
    }),
  );
  const ofWatchers = watchers.map((watcher, place) =>
    watcherVerdict(`watcher ${place + 1}`, { watcher, truths, campaignIds, deadline }),
  );
  verdicts.push(...(await Promise.all(ofWatchers)));
  return { verdicts, truth: overSql ?? overHttp };
}

interface WatcherCase {
  watcher: Watcher;
  truths: [string, Documents][];
  campaignIds: number[];
  deadline: number;
}

/**
 * Counts come in frames of their own, up to 100 ms behind the events, so a difference is believed when nothing new has
 * come for a while, or at the deadline.
 */
async function watcherVerdict(of: string, { watcher, truths, campaignIds, deadline }: WatcherCase): Promise<Verdict> {
  const began = performance.now();
  for (;;) {
    const state = watchedState(watcher, campaignIds);
    const found = truths.flatMap(([name, truth]) => differences(truth, state).map((line) => `${line} (by ${name})`));
    found.push(...watcher.faults);
    const isFinal = performance.now() > Math.min(deadline, Math.max(began, watcher.lastNewsMs()) + quietForMs);
    if (found.length === 0 || isFinal) {
      return verdictOf(of, { with: truths.map(([name]) => name), documents: state.size, differences: found });
    }
    await delay(againEveryMs);
  }
}
