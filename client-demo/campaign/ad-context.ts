import { createContext, use } from 'react';
import type { AdView } from '../lib/impressions/ad-view.ts';

/** The campaign's ad on this page view. */
export const AdContext = createContext<AdView | null>(null);

export function useAdView(): AdView {
  const view = use(AdContext);
  if (view === null) throw new Error('There is no ad around this component');
  return view;
}
