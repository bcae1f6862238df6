import { createContext, type ReactNode, use } from 'react';
import type { Stats } from '../lib/advertiser/advertiser-api.ts';
import type { Reading } from '../lib/live-query.ts';
import { useStats } from './use-stats.ts';

const SeriesContext = createContext<Reading<Stats>>({ value: null, code: null, stale: true });

/** One answer for the chart and the funnel: what stands side by side is of one moment. */
export function SeriesProvider({ children }: { children: ReactNode }) {
  return <SeriesContext value={useStats()}>{children}</SeriesContext>;
}

export const useSeries = (): Reading<Stats> => use(SeriesContext);
