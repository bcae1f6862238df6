import type { Feature } from '../feature.ts';
import { exportCampaign } from './export-campaign.ts';
import type { TransferMeans } from './transfer.ts';

/** Everything about a campaign, to take away. */
export const exports = (means: TransferMeans): Feature => ({ operations: [exportCampaign(means)] });
