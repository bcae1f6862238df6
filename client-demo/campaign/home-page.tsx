import { useCallback, useEffect, useState } from 'react';
import type { Campaign } from '../../server/contract/campaign.ts';
import { useApp } from '../app-context.ts';
import { codeOf } from '../lib/problem.ts';
import { Message } from '../message.tsx';
import { strings } from '../words/page.ts';
import { CampaignPage } from './campaign-page.tsx';
import { LoadFailed } from './load-failed.tsx';
import { CampaignSkeleton } from './skeleton.tsx';

type Found =
  | { state: 'looking' }
  | { state: 'found'; campaign: Campaign }
  | { state: 'none' }
  | { state: 'failed'; code: string };

/** Of the live campaigns the one that was there first: a new one does not take its place. */
export function HomePage() {
  const { api } = useApp();
  const [found, setFound] = useState<Found>({ state: 'looking' });
  const look = useCallback(() => {
    setFound({ state: 'looking' });
    api.campaigns().then(
      ({ items }) => {
        const live = items.findLast(({ status }) => status === 'live');
        setFound(live === undefined ? { state: 'none' } : { state: 'found', campaign: live });
      },
      (error: unknown) => setFound({ state: 'failed', code: codeOf(error) }),
    );
  }, [api]);
  useEffect(look, [look]);

  switch (found.state) {
    case 'looking':
      return <CampaignSkeleton />;
    case 'found':
      return <CampaignPage key={found.campaign.id} campaignId={found.campaign.id} known={found.campaign} />;
    case 'none':
      return <Message title={strings.campaign.nothingLive} hint={strings.campaign.nothingLiveHint} />;
    case 'failed':
      return <LoadFailed code={found.code} onRetry={look} />;
    default:
      return found satisfies never;
  }
}
