import { createContext, use } from 'react';
import type { Acting } from '../lib/moderation/acting.ts';
import type { LiveDesk } from '../lib/moderation/live-desk.ts';
import type { DeskView } from './desk-view.ts';

export interface Desk {
  readonly live: LiveDesk;
  readonly acting: Acting;
  readonly view: DeskView;
  /** A step in the history, or with `quietly` none. */
  readonly show: (change: Partial<DeskView>, quietly?: boolean) => void;
  /** Who works here. */
  readonly viewerId: number | null;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const value = use(DeskContext);
  if (value === null) throw new Error('There is no desk around this component');
  return value;
}
