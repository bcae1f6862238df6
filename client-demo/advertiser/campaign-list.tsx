import { useEffect, useMemo, useState } from 'react';
import type { Campaign } from '../../server/contract/campaign.ts';
import { useApp } from '../app-context.ts';
import { LoadFailed } from '../campaign/load-failed.tsx';
import { createAdvertiserApi, readPages } from '../lib/advertiser/advertiser-api.ts';
import { codeOf } from '../lib/problem.ts';
import { Message } from '../message.tsx';
import { notifyProblem } from '../notices.tsx';
import { Link } from '../routing.tsx';
import { words } from '../words/advertiser.ts';
import { strings } from '../words/page.ts';
import { DashboardSkeleton } from './dashboard-skeleton.tsx';
import { formatDate, formatWhole } from './format.ts';
import { MoreButton } from './more-button.tsx';
import { NoAccess } from './no-access.tsx';

type Found =
  | { state: 'looking' }
  | { state: 'found'; items: Campaign[]; nextCursor: string | null }
  | { state: 'failed'; code: string };

/** Own campaigns are those whose every column one is shown: the owner's and, for admins, all. */
export const isOwn = (campaign: Campaign): boolean => 'campaignBudget' in campaign;

export function CampaignList() {
  const { http, session } = useApp();
  const api = useMemo(() => createAdvertiserApi(http), [http]);
  const [found, setFound] = useState<Found>({ state: 'looking' });
  const look = useMemo(
    () => () => {
      setFound({ state: 'looking' });
      session
        .viewer()
        .then(() => readPages(api.campaigns, 1))
        .then(
          ({ items, nextCursor }) => setFound({ state: 'found', items: items.filter(isOwn), nextCursor }),
          (error: unknown) => setFound({ state: 'failed', code: codeOf(error) }),
        );
    },
    [api, session],
  );
  const more = async (items: Campaign[], cursor: string | null) => {
    try {
      const page = await api.campaigns(cursor ?? undefined);
      setFound({ state: 'found', items: [...items, ...page.items.filter(isOwn)], nextCursor: page.nextCursor });
    } catch (error) {
      notifyProblem(error);
    }
  };
  useEffect(look, [look]);
  useEffect(() => {
    document.title = `${words.campaigns} · ${strings.product}`;
  }, []);

  if (found.state === 'looking') return <DashboardSkeleton />;
  if (found.state === 'failed') return <LoadFailed code={found.code} onRetry={look} />;
  if (found.items.length === 0) return <Nothing />;
  return (
    <div className="dashboard">
      <header className="head">
        <div>
          <h1 className="head-title">{words.campaigns}</h1>
          <p className="head-hint">{words.campaignsHint}</p>
        </div>
      </header>
      <ul className="campaign-list">
        {found.items.map((campaign) => (
          <li key={campaign.id}>
            <Link to={`/advertiser/${campaign.id}`} className="campaign-line">
              <span className="campaign-line-name">{campaign.name}</span>
              <span className="status" data-status={campaign.status}>
                {words.status[campaign.status]}
              </span>
              <span className="campaign-line-figure">
                <span className="number">{formatWhole(campaign.counters.impressions)}</span>{' '}
                <span className="quiet">{words.metrics.impressions?.toLowerCase()}</span>
              </span>
              <span className="quiet campaign-line-date">
                {campaign.launchedAt !== null && words.since(formatDate(campaign.launchedAt, 'UTC'))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {found.nextCursor !== null && <MoreButton onMore={() => void more(found.items, found.nextCursor)} />}
    </div>
  );
}

function Nothing() {
  const { session } = useApp();
  const [isSomebody, setSomebody] = useState(true);
  useEffect(() => {
    session.viewer().then(
      (viewer) => setSomebody(viewer !== null),
      () => {},
    );
  }, [session]);
  if (!isSomebody) return <NoAccess code="unauthenticated" campaignId={null} onRetry={() => {}} />;
  return (
    <Message title={words.noCampaigns} hint={words.noCampaignsHint}>
      <div className="message-actions">
        <Link to="/" className="button button-primary">
          {strings.failed.home}
        </Link>
      </div>
    </Message>
  );
}
