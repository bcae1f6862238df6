import { createContext, use } from 'react';
import type { LiveAdvertiser } from '../lib/advertiser/live-advertiser.ts';
import type { ViewState } from './view-state.ts';

export interface Advertising {
  readonly live: LiveAdvertiser;
  readonly view: ViewState;
  readonly show: (change: Partial<ViewState>) => void;
}

export const AdvertiserContext = createContext<Advertising | null>(null);

export function useAdvertising(): Advertising {
  const value = use(AdvertiserContext);
  if (value === null) throw new Error('There is no campaign around this component');
  return value;
}
