import { useEffect, useState } from 'react';
import { useApp } from '../app-context.ts';
import type { Api } from '../lib/api.ts';

/** Asked once for each campaign and person; names change seldom. */
const asked = new WeakMap<Api, Map<number, Promise<string>>>();

export function useCampaignName(campaignId: number | null): string | null {
  const { api } = useApp();
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    if (campaignId === null) return;
    let wanted = true;
    nameOf(api, campaignId).then(
      (found) => wanted && setName(found),
      () => {}, // hidden by now, or no answer: the row says enough without
    );
    return () => {
      wanted = false;
    };
  }, [api, campaignId]);
  return name;
}

function nameOf(api: Api, campaignId: number): Promise<string> {
  const names = asked.get(api) ?? new Map<number, Promise<string>>();
  asked.set(api, names);
  const known = names.get(campaignId) ?? api.campaign(campaignId).then(({ value }) => value.name ?? '');
  names.set(campaignId, known);
  known.catch(() => names.delete(campaignId));
  return known;
}
