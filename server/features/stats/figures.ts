import type { StatsMetric } from '../../contract/stats.ts';
import { Exact } from '../../platform/http/exact.ts';

/** Figures of the answer; money is exact. */
export type Figures = Partial<Record<StatsMetric, number | Exact | null>>;

/** Sums as PostgreSQL gives them. */
export interface Sums {
  impressions: number;
  viewable: number;
  clicks: number;
  conversions: number;
  spend: string;
  likes: number;
  shares: number;
  comments: number;
}

export const noSums: Sums = {
  impressions: 0,
  viewable: 0,
  clicks: 0,
  conversions: 0,
  spend: '0',
  likes: 0,
  shares: 0,
  comments: 0,
};

export type EngagementMetric = 'likes' | 'shares' | 'comments';
export const isEngagement = (metric: StatsMetric): metric is EngagementMetric =>
  metric === 'likes' || metric === 'shares' || metric === 'comments';

/** The metrics asked for, in their order. `engaged` false: likes, shares and comments can't be told by these dimensions. */
export function figuresOf(metrics: StatsMetric[], sums: Sums, uniques: number, engaged: boolean): Figures {
  return Object.fromEntries(
    metrics.map((metric) => [metric, isEngagement(metric) && !engaged ? null : figureOf(metric, sums, uniques)]),
  );
}

function figureOf(metric: StatsMetric, sums: Sums, uniques: number): number | Exact {
  switch (metric) {
    case 'uniques':
      return uniques;
    case 'viewabilityRate':
      return rate(sums.viewable, sums.impressions);
    case 'clickThroughRate':
      return rate(sums.clicks, sums.impressions);
    case 'conversionRate':
      return rate(sums.conversions, sums.clicks);
    case 'spend':
      return new Exact(sums.spend);
    default:
      return sums[metric];
  }
}

/** Half away from zero at the sixth decimal, as numeric rounds, without a float on the way. */
function rate(part: number, whole: number): number {
  if (whole === 0) return 0;
  return Number((BigInt(part) * 2_000_000n + BigInt(whole)) / (2n * BigInt(whole))) / 1e6;
}

/** Relative change of each figure; null where there was nothing to compare with. */
export function changeOf(now: Figures, before: Figures): Figures {
  return Object.fromEntries(
    Object.entries(now).map(([metric, value]) => {
      const was = Number(before[metric as StatsMetric]);
      return [metric, value === null || !was ? null : Math.round((Number(value) / was - 1) * 1e6) / 1e6];
    }),
  );
}
