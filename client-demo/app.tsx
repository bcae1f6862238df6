import { lazy, Suspense } from 'react';
import { AppContext } from './app-context.ts';
import { CampaignPage } from './campaign/campaign-page.tsx';
import { HomePage } from './campaign/home-page.tsx';
import { Header } from './header.tsx';
import { chosenIdentity, identityOn } from './identity.ts';
import { Message } from './message.tsx';
import { Notices } from './notices.tsx';
import { Link, type Route, useRoute } from './routing.tsx';
import { useParts } from './use-parts.ts';
import { useStore } from './watching.ts';
import { strings } from './words/page.ts';

/** Loaded when they are first looked at: the campaign's readers pay nothing for them. */
const AdvertiserScreen = lazy(() => import('./advertiser/advertiser-screen.tsx'));
const ModerationScreen = lazy(() => import('./moderation/moderation-screen.tsx'));
const SettingsScreen = lazy(() => import('./notifications/settings-screen.tsx'));

export function App() {
  const route = useRoute();
  const { key, parts } = useParts(identityOn(route, useStore(chosenIdentity)));
  if (parts === null) return null;
  const discussion = route.screen === 'home' || route.screen === 'campaign';
  return (
    <AppContext value={parts} key={key}>
      <a className="skip-link" href={discussion ? '#discussion' : '#content'}>
        {discussion ? strings.skip : strings.skipToContent}
      </a>
      <Header route={route} />
      <main className="page" id="content" tabIndex={-1}>
        <Suspense fallback={<p className="visually-hidden">{strings.loadingScreen}</p>}>
          <Screen route={route} />
        </Suspense>
      </main>
      <Notices />
    </AppContext>
  );
}

function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'home':
      return <HomePage />;
    case 'campaign':
      return <CampaignPage key={route.id} campaignId={route.id} />;
    case 'advertiser':
      return <AdvertiserScreen key={route.id} campaignId={route.id} />;
    case 'moderation':
      return <ModerationScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'nowhere':
      return (
        <Message title={strings.failed.nowhere} hint={strings.failed.nowhereHint}>
          <Link to="/" className="button button-primary">
            {strings.failed.home}
          </Link>
        </Message>
      );
    default:
      return route satisfies never;
  }
}
