import { lazy, Suspense, useEffect, useState } from 'react';
import type { Campaign } from '../../server/contract/campaign.ts';
import { type AppParts, useApp } from '../app-context.ts';
import { currentCampaign } from '../current-campaign.ts';
import { LiveCampaign } from '../lib/live-campaign.ts';
import { notifyProblem } from '../notices.tsx';
import { useSelected, useStore } from '../watching.ts';
import { strings } from '../words/page.ts';
import { AdContext } from './ad-context.ts';
import { CampaignContext } from './campaign-context.ts';
import { askedDialog } from './dialogs.ts';
import { Discussion } from './discussion.tsx';
import { Facts } from './facts.tsx';
import { LoadFailed } from './load-failed.tsx';
import { CampaignSkeleton } from './skeleton.tsx';
import { Summary } from './summary.tsx';

/** They come with the first one that is asked for. */
const CampaignDialogs = lazy(() => import('./campaign-dialogs.tsx'));

interface CampaignPageProps {
  campaignId: number;
  /** What a list already told of it: shown until it is read by itself. */
  known?: Campaign;
}

const create = (parts: AppParts, { campaignId, known }: CampaignPageProps) =>
  new LiveCampaign({ ...parts, campaignId, onFailure: notifyProblem, known: known ?? null });

/** A campaign with its discussion, live for as long as it is on the screen. */
export function CampaignPage(props: CampaignPageProps) {
  const { campaignId } = props;
  const parts = useApp();
  const [campaign] = useState(() => create(parts, props));
  const [ad] = useState(() => parts.impressions.view());
  const loading = useStore(campaign.loading);
  const name = useSelected(campaign.state, (state) => state.campaign?.value.name ?? null);

  useEffect(() => {
    campaign.start();
    currentCampaign.set({ id: campaignId, link: campaign.link.store });
    return () => {
      campaign.stop();
      currentCampaign.set(null);
    };
  }, [campaign, campaignId]);

  useEffect(() => {
    document.title = name === null ? strings.product : `${name} · ${strings.product}`;
  }, [name]);

  if (loading.state === 'failed') return <LoadFailed code={loading.code} onRetry={campaign.load} />;
  if (name === null) return <CampaignSkeleton />;
  return (
    <CampaignContext value={campaign}>
      <div className="campaign">
        <AdContext value={ad}>
          <Summary />
        </AdContext>
        <div className="below">
          <Discussion />
          <Facts />
        </div>
      </div>
      <DialogHost />
    </CampaignContext>
  );
}

function DialogHost() {
  const asked = useStore(askedDialog) !== null;
  return <Suspense>{asked && <CampaignDialogs />}</Suspense>;
}
