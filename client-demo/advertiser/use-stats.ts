import type { Stats } from '../lib/advertiser/advertiser-api.ts';
import type { Reading } from '../lib/live-query.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { useAdvertising } from './advertiser-context.ts';
import { statsQueryOf } from './stats-query.ts';
import type { BreakdownDimension } from './view-state.ts';

/** The statistics of what is in view: of one dimension, or the series and its totals. */
export function useStats(dimension?: BreakdownDimension, limit?: number): Reading<Stats> {
  const { live, view } = useAdvertising();
  return useLiveQuery({
    key: JSON.stringify([dimension, limit, { ...view, metric: '' }]),
    read: () => live.api.stats(live.campaignId, statsQueryOf(view, Date.now(), dimension, limit)),
    when: live.moves,
    gapMs: dimension === undefined ? 1_000 : 2_000,
    everyMs: 20_000,
  });
}
