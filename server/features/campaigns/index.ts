import type { Feature, Services } from '../feature.ts';
import { visibleCampaign } from '../visible-campaign.ts';
import { createCampaign } from './create-campaign.ts';
import { listCampaigns } from './list-campaigns.ts';
import { addMedia, listMedia, removeMedia } from './media.ts';
import { readCampaign } from './read-campaign.ts';
import { transitionCampaign } from './transition-campaign.ts';
import { updateCampaign } from './update-campaign.ts';

/** Campaigns and their way from draft to live; `campaign:{id}` is the stream of what happens to one. */
export function campaigns({ pool, actPool }: Services): Feature {
  return {
    operations: [
      listCampaigns(pool),
      createCampaign(actPool),
      readCampaign(pool),
      updateCampaign(pool, actPool),
      transitionCampaign(pool, actPool),
      listMedia(pool),
      addMedia(pool, actPool),
      removeMedia(pool, actPool),
    ],
    streams: [
      {
        pattern: /^campaign:([1-9][0-9]{0,14})$/,
        admit: async (id, who) => ((await visibleCampaign(pool, Number(id), who)) ? null : 'not_found'),
        byRights: true,
      },
    ],
  };
}
