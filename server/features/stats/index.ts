import type { Feature, Services } from '../feature.ts';
import { listCommenters } from './list-commenters.ts';
import { listRetargeting } from './list-retargeting.ts';
import { readFrequency } from './read-frequency.ts';
import { readOverlap } from './read-overlap.ts';
import { readStats } from './read-stats.ts';

/** What an advertiser looks at: series, breakdowns, and who the people behind them are. */
export function stats({ pool, pastPool }: Services): Feature {
  return {
    operations: [
      readStats(pool, pastPool),
      readFrequency(pool, pastPool),
      readOverlap(pool, pastPool),
      listCommenters(pool, pastPool),
      listRetargeting(pool, pastPool),
    ],
  };
}
