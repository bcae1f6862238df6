/**
 * A replay, from a file to a verdict:
 *   1. plan     the file becomes posts and likes, whatever its format
 *   2. open     a server, a way to sign in, a live campaign for each of the plan's
 *   3. watch    live clients subscribe before the first post
 *   4. send     everything through the HTTP door
 *   5. settle   wait until every watcher's position is at the head of every stream
 *   6. compare  what was acknowledged, what the database holds and what each watcher shows
 */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '../../config.ts';
import { type Api, createApi } from './api.ts';
import { assembleResult } from './assemble-result.ts';
import { chooseServer, type Target } from './choose-server.ts';
import { compareStates } from './compare-states.ts';
import { now } from './latency.ts';
import { type OpenCampaign, openCampaigns } from './open-campaigns.ts';
import type { Plan } from './plan.ts';
import { startProgress } from './progress.ts';
import { readPlan } from './read-plan.ts';
import type { ReplayResult } from './result.ts';
import { nothingSent, type Sent, sendPlan } from './send-plan.ts';
import { chooseSignIn, type SignIn } from './sign-in.ts';
import { readHeads } from './truth-http.ts';
import { acknowledged } from './truth-sent.ts';
import { assertSameDatabase } from './truth-sql.ts';
import { votesVerdict } from './votes-verdict.ts';
import { hasReached } from './watched.ts';
import { startWatcher, type Watcher } from './watcher.ts';

export interface ReplayOptions {
  votes?: string;
  /** Times the recorded speed; Infinity: as fast as it goes. */
  speed: number;
  url?: string;
  watchers: number;
  limit?: number;
}

const settleWithinMs = 30_000;

export async function runReplay(file: string, options: ReplayOptions, config: Config): Promise<ReplayResult> {
  const plan = await readPlan({ file, votesFile: options.votes, limit: options.limit });
  const target = await chooseServer(options.url, config, (line) => process.stderr.write(`server: ${line}\n`));
  const api = createApi(target.url);
  try {
    process.stderr.write(`replaying to ${target.url}${target.isOwn ? ', a server of its own' : ''}\n`);
    const signIn = await chooseSignIn(api, target.secrets);
    const names = [...new Set(plan.posts.map((post) => post.campaign))];
    const campaigns = await openCampaigns(api, signIn, { names, description: `Replayed from ${path.basename(file)}` });
    if (target.databaseUrl !== null) await assertSameDatabase(target.databaseUrl, campaigns);
    return await watchAndSend({ file, plan, options, target, api, signIn, campaigns });
  } finally {
    api.close();
    await target.stop();
  }
}

interface Run {
  file: string;
  plan: Plan;
  options: ReplayOptions;
  target: Target;
  api: Api;
  signIn: SignIn;
  campaigns: OpenCampaign[];
}

async function watchAndSend(run: Run): Promise<ReplayResult> {
  const { plan, options, target, api, signIn } = run;
  const campaignIds = run.campaigns.map(({ id }) => id);
  const campaigns = new Map(run.campaigns.map(({ name, id }) => [name, id]));
  const watchers: Watcher[] = [];
  const sent = nothingSent();
  try {
    for (let n = 0; n < options.watchers; n++) watchers.push(await startWatcher(target.url, campaignIds));
    const progress = startProgress(process.stderr, () => progressLine(plan, sent));
    await sendPlan(plan, { api, signIn, campaigns, speed: options.speed, sent }).finally(progress.stop);
    const deadline = performance.now() + settleWithinMs;
    const caughtUpMs = await settle(watchers, await readHeads(api, campaignIds), { lastMs: sent.lastMs, deadline });
    const { verdicts, truth } = await compareStates({
      api,
      databaseUrl: target.databaseUrl,
      campaignIds,
      watchers,
      acknowledged: acknowledged(plan, sent, campaigns),
      deadline,
    });
    const { file, campaigns: open } = run;
    const votes = votesVerdict(plan, sent, truth);
    return assembleResult({ file, plan, target, api, campaigns: open, sent, watchers, caughtUpMs, verdicts, votes });
  } finally {
    for (const watcher of watchers) watcher.stop();
  }
}

function progressLine({ posts, likes }: Plan, sent: Sent): string {
  const shown = (count: number) => count.toLocaleString('en');
  const seconds = Math.max(0.001, (now() - sent.firstMs) / 1_000);
  const rate = Math.round((sent.posts.size + sent.likes) / seconds);
  const refused = sent.refused.length > 0 ? `, ${shown(sent.refused.length)} refused` : '';
  return (
    `${shown(sent.posts.size)} of ${shown(posts.length)} posts, ${shown(sent.likes)} of ${shown(likes.length)} likes, ` +
    `${seconds.toFixed(1)} s, ${shown(rate)} writes/s${refused}`
  );
}

/** Milliseconds from the last answer until all had every event; null when the deadline came first. */
async function settle(
  watchers: Watcher[],
  heads: Map<number, number>,
  { lastMs, deadline }: { lastMs: number; deadline: number },
): Promise<number | null> {
  while (!watchers.every((watcher) => hasReached(watcher, heads))) {
    if (performance.now() > deadline) return null;
    await delay(5);
  }
  return now() - lastMs;
}
