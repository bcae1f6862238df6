import { useEffect, useState } from 'react';
import { useApp } from './app-context.ts';
import { currentCampaign } from './current-campaign.ts';
import { PulseMark } from './icons.tsx';
import { IdentityButton } from './identity-button.tsx';
import type { Viewer } from './lib/session.ts';
import { LinkStatus } from './link-status.tsx';
import { Link, type Route } from './routing.tsx';
import { strings } from './strings.ts';
import { ThemeToggle } from './theme.tsx';
import { useStore } from './watching.ts';

export function Header({ route }: { route: Route }) {
  const campaign = useStore(currentCampaign);
  const viewer = useViewer();
  const advertiserId = route.screen === 'advertiser' ? route.id : (campaign?.id ?? null);
  return (
    <header className="header">
      <div className="header-bar">
        <Link to="/" className="brand">
          <PulseMark />
          <span>{strings.product}</span>
        </Link>
        <nav className="nav" aria-label={strings.nav.label}>
          <Link to="/" current={route.screen === 'home' || route.screen === 'campaign'}>
            {strings.nav.campaign}
          </Link>
          <Link to={`/advertiser/${advertiserId ?? ''}`} current={route.screen === 'advertiser'}>
            {strings.nav.advertiser}
          </Link>
          <Link to="/moderation" current={route.screen === 'moderation'}>
            {strings.nav.moderation}
          </Link>
        </nav>
        <div className="header-side">
          {campaign !== null && campaign.link !== null && (
            <LinkStatus store={campaign.link} {...(campaign.delayMs && { delayMs: campaign.delayMs })} />
          )}
          <ThemeToggle />
          {viewer !== null && <IdentityButton viewer={viewer} route={route} campaignId={campaign?.id ?? null} />}
        </div>
      </div>
    </header>
  );
}

function useViewer(): Viewer | null {
  const { session } = useApp();
  const [viewer, setViewer] = useState<Viewer | null>(null);
  useEffect(() => {
    session.viewer().then(setViewer, () => {});
  }, [session]);
  return viewer;
}
