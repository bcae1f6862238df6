import type { CreateCampaign, UpdateCampaign } from '../../contract/campaign.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import { Refusal } from '../../platform/refusal.ts';

/** The columns of a body, by name. Names come from the schema's own keys, never from the request. */
export function columnsOf(body: CreateCampaign | UpdateCampaign, who: Principal): Record<string, unknown> {
  if (body.advertiserId !== undefined && !who.roles.has('admin')) throw new Refusal('forbidden');
  const columns = Object.entries(body).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    name === 'campaignSocials' && value !== null ? JSON.stringify(value) : value,
  ]);
  return Object.fromEntries(columns);
}
