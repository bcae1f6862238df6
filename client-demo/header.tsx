import { useEffect, useState } from 'react';
import { useApp } from './app-context.ts';
import { currentCampaign } from './current-campaign.ts';
import { PulseMark } from './icons.tsx';
import { IdentityButton } from './identity-button.tsx';
import type { Viewer } from './lib/session.ts';
import { LinkStatus } from './link-status.tsx';
import { Bell } from './notifications/bell.tsx';
import { useNotifications } from './notifications/use-notifications.ts';
import { Link, type Route } from './routing.tsx';
import { ThemeToggle } from './theme.tsx';
import { useStore } from './watching.ts';
import { strings } from './words/page.ts';

export function Header({ route }: { route: Route }) {
  const campaign = useStore(currentCampaign);
  const viewer = useViewer();
  const notifications = useNotifications(viewer);
  const { delayMs } = useApp();
  // Where no campaign is followed, the viewer's own stream tells whether the screen is live.
  const link = campaign?.link ?? (followsCampaign(route) ? null : (notifications?.link.store ?? null));
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
          {link !== null && <LinkStatus store={link} delayMs={campaign?.delayMs ?? delayMs} />}
          {notifications !== null && <Bell live={notifications} />}
          <ThemeToggle />
          {viewer !== null && <IdentityButton viewer={viewer} route={route} campaignId={campaign?.id ?? null} />}
        </div>
      </div>
    </header>
  );
}

const followsCampaign = ({ screen, ...rest }: Route): boolean =>
  screen === 'home' || screen === 'campaign' || (screen === 'advertiser' && 'id' in rest && rest.id !== null);

function useViewer(): Viewer | null {
  const { session } = useApp();
  const [viewer, setViewer] = useState<Viewer | null>(null);
  useEffect(() => {
    session.viewer().then(setViewer, () => {});
  }, [session]);
  return viewer;
}
