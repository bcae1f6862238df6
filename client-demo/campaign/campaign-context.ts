import { createContext, use } from 'react';
import type { LiveCampaign } from '../lib/live-campaign.ts';
import type { ThreadState } from '../lib/thread/state.ts';
import { useSelected } from '../watching.ts';

export const CampaignContext = createContext<LiveCampaign | null>(null);

export function useCampaign(): LiveCampaign {
  const campaign = use(CampaignContext);
  if (campaign === null) throw new Error('There is no campaign around this component');
  return campaign;
}

/** Draws the component again when what it selects of the thread changes. */
export const useThread = <T>(select: (state: ThreadState) => T): T => useSelected(useCampaign().state, select);
