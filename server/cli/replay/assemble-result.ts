import type { Api } from './api.ts';
import type { Target } from './choose-server.ts';
import { latencyOf, parseMicroseconds } from './latency.ts';
import type { OpenCampaign } from './open-campaigns.ts';
import type { Plan } from './plan.ts';
import { isSuccess, type ReplayResult, shownDifferences } from './result.ts';
import type { Sent } from './send-plan.ts';
import type { Watcher } from './watcher.ts';

export interface Findings extends Pick<ReplayResult, 'caughtUpMs' | 'verdicts' | 'votes'> {
  file: string;
  plan: Plan;
  target: Target;
  api: Api;
  campaigns: OpenCampaign[];
  sent: Sent;
  watchers: Watcher[];
}

/** All that a run found, in the one shape that is printed. */
export function assembleResult(found: Findings): ReplayResult {
  const { plan, target, sent, watchers, caughtUpMs, verdicts, votes } = found;
  const seconds = (sent.lastMs - sent.firstMs) / 1_000;
  const result = {
    file: found.file,
    format: plan.format,
    notes: plan.notes,
    server: { url: target.url, own: target.isOwn },
    campaigns: found.campaigns.map(({ id, name }) => ({ id, name })),
    posts: sent.posts.size,
    replies: plan.posts.filter((post) => post.parent !== null && sent.posts.has(post.key)).length,
    likes: sent.likes,
    seconds,
    writesPerSecond: (sent.posts.size + sent.likes) / seconds,
    retries: found.api.retries(),
    refused: { count: sent.refused.length, first: sent.refused.slice(0, shownDifferences) },
    ...latencies(sent, watchers),
    caughtUpMs,
    ...faultsOf(watchers),
    watchers: watchers.map((watcher) => faultsOf([watcher])),
    verdicts,
    votes,
  };
  return { ok: isSuccess(result), ...result };
}

/** What must not happen on the way, counted over the streams of these watchers. */
function faultsOf(watchers: Watcher[]) {
  const streams = watchers.flatMap((watcher) => [...watcher.streams.values()]);
  const total = (field: 'gaps' | 'duplicates' | 'resets') => streams.reduce((sum, stream) => sum + stream[field], 0);
  const resubscribes = watchers.reduce((sum, watcher) => sum + watcher.resubscribes(), 0);
  return { gaps: total('gaps'), duplicates: total('duplicates'), resubscribes, resets: total('resets') };
}

function latencies(sent: Sent, watchers: Watcher[]): Pick<ReplayResult, 'delivery' | 'afterAnswer'> {
  const answeredMs = new Map([...sent.posts.values()].map((post) => [post.id, post.answeredMs]));
  const arrivals = watchers.flatMap((watcher) => [...watcher.arrivals]);
  return {
    delivery: latencyOf(arrivals.map(([, { at, receivedMs }]) => receivedMs - parseMicroseconds(at))),
    afterAnswer: latencyOf(
      arrivals.flatMap(([id, { receivedMs }]) => {
        const answered = answeredMs.get(id);
        return answered === undefined ? [] : [receivedMs - answered];
      }),
    ),
  };
}
