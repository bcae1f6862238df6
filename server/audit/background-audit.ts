import { type Loop, startLoop } from '../platform/background-loop.ts';
import type { Pool } from '../platform/db.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { StateOfFrame } from '../relay/frame.ts';
import type { Difference } from './difference.ts';
import { anyPlace, nextCampaign, recount } from './sample.ts';
import { createShownAudit } from './shown-states.ts';

/** A run that was long is followed by a rest that many times as long: the audit never takes a core for itself. */
const restFactor = 20;
/** Campaigns remembered as wrong; beyond them the divergence is a lower bound of what has to be 0. */
const maxFound = 10_000;

interface BackgroundAuditOptions {
  pool: Pool;
  /** The states that this node last sent to its sockets. */
  shown: () => Iterable<StateOfFrame>;
  everyMs: number;
  log: Log;
  metrics: Metrics;
}

/**
 * Audits all the time and slowly; the divergence it exports must be 0. Each run looks at
 *   1. the next campaign, in the order of their ids,
 *   2. the one that has been known as wrong for longest, so that a repair shows soon,
 *   3. some of what this node last sent.
 * Findings are logged by their place, never with their content.
 */
export function startBackgroundAudit({ pool, shown, everyMs, log, metrics }: BackgroundAuditOptions): Loop {
  let last: number | undefined;
  let restUntil = 0;
  const found = new Map<number, number>();
  const shownAudit = createShownAudit(pool);

  const audit = async (campaignId: number) => {
    const findings = await recount(pool, campaignId);
    if (findings === null) return;
    metrics.audited.inc();
    const before = found.get(campaignId);
    found.delete(campaignId); // and set again behind the others, whose turn is next
    if (findings.count > 0 && found.size < maxFound) found.set(campaignId, findings.count);
    if (findings.count > 0 && findings.count !== before) report(log, findings.count, findings.some);
  };

  const work = async () => {
    const startedAt = performance.now();
    if (startedAt < restUntil) return;
    const [known] = found.keys();
    last ??= await anyPlace(pool);
    const next = await nextCampaign(pool, last);
    last = next ?? 0; // before the recount: one that fails must not be tried for ever
    for (const campaignId of new Set([next, known])) if (campaignId !== undefined) await audit(campaignId);
    const wrong = await shownAudit.look(shown());
    if (wrong.length > 0) report(log, wrong.length, wrong);
    metrics.divergence.set([...found.values()].reduce((sum, count) => sum + count, shownAudit.wrong()));
    restUntil = performance.now() + restFactor * (performance.now() - startedAt);
  };
  return startLoop({ name: 'background audit', everyMs, log, work });
}

/** A viewer's key names a person, so it stays out of the log. */
function report(log: Log, count: number, some: Difference[]): void {
  for (const { campaignId, projection, key } of some) {
    const place = projection.endsWith('_viewers') ? {} : { key };
    log.error({ campaignId, projection, ...place, differences: count }, 'the audit found a difference');
  }
}
