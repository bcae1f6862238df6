import { useEffect, useMemo, useState } from 'react';
import { useApp } from '../app-context.ts';
import { currentCampaign } from '../current-campaign.ts';
import { createAdvertiserApi } from '../lib/advertiser/advertiser-api.ts';
import { LiveAdvertiser } from '../lib/advertiser/live-advertiser.ts';
import { showSearch, useSearch } from '../routing.tsx';
import { useSelected, useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { AdvertiserContext } from './advertiser-context.ts';
import { BreakdownPanel } from './breakdown-panel.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { Counters } from './counters.tsx';
import { DashboardSkeleton } from './dashboard-skeleton.tsx';
import { EventsPanel } from './events-panel.tsx';
import { FrequencyPanel } from './frequency-panel.tsx';
import { FunnelPanel } from './funnel-panel.tsx';
import { Head } from './head.tsx';
import { InvoicesPanel } from './invoices-panel.tsx';
import { MoneyPanel } from './money-panel.tsx';
import { NoAccess } from './no-access.tsx';
import { OverlapPanel } from './overlap-panel.tsx';
import { CommentersPanel, RetargetingPanel } from './people-panels.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { SeriesProvider } from './series-context.tsx';
import { useNews } from './use-news.ts';
import { readView, type ViewState, writeView } from './view-state.ts';

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A campaign's figures, live for as long as they are on the screen. */
export function Dashboard({ campaignId }: { campaignId: number }) {
  const { http, connection } = useApp();
  const [live] = useState(() => new LiveAdvertiser({ campaignId, api: createAdvertiserApi(http), connection }));
  const loading = useStore(live.loading);
  const name = useSelected(live.metrics, (metrics) => metrics?.name ?? null);
  const search = useSearch();
  const value = useMemo(() => {
    const view = readView(search, ownZone);
    const show = (change: Partial<ViewState>) => showSearch(writeView({ ...view, ...change }, ownZone));
    return { live, view, show };
  }, [live, search]);

  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  const isRefused = loading.state === 'failed';
  useEffect(() => {
    currentCampaign.set({ id: campaignId, link: isRefused ? null : live.link.store, delayMs: live.delayMs });
    return () => currentCampaign.set(null);
  }, [live, campaignId, isRefused]);
  useEffect(() => {
    if (name !== null) document.title = words.titled(name);
  }, [name]);
  useNews(live);

  if (loading.state === 'failed') return <NoAccess code={loading.code} campaignId={campaignId} onRetry={live.load} />;
  if (name === null) return <DashboardSkeleton />;
  return (
    <AdvertiserContext value={value}>
      <div className="dashboard">
        <Head />
        <Counters />
        <SeriesProvider>
          <ChartPanel />
          <div className="pair">
            <FunnelPanel />
            <FrequencyPanel />
          </div>
        </SeriesProvider>
        <div className="pair">
          <BreakdownPanel title={words.breakdown.where} dimensions={['placement', 'device', 'trafficClass']} />
          <BreakdownPanel title={words.breakdown.who} dimensions={['audience', 'region', 'location']} />
        </div>
        <div className="pair">
          <MoneyPanel />
          <EventsPanel />
        </div>
        <InvoicesPanel />
        <div className="trio">
          <CommentersPanel />
          <RetargetingPanel />
          <OverlapPanel />
        </div>
        <RulesPanel />
      </div>
    </AdvertiserContext>
  );
}
