import { CampaignPage } from './campaign/campaign-page.tsx';
import { HomePage } from './campaign/home-page.tsx';
import { Header } from './header.tsx';
import { LaterPage } from './later-page.tsx';
import { Message } from './message.tsx';
import { Notices } from './notices.tsx';
import { Link, type Route, useRoute } from './routing.tsx';
import { strings } from './strings.ts';

export function App() {
  const route = useRoute();
  return (
    <>
      <a className="skip-link" href="#discussion">
        {strings.skip}
      </a>
      <Header route={route} />
      <main className="page">
        <Screen route={route} />
      </main>
      <Notices />
    </>
  );
}

function Screen({ route }: { route: Route }) {
  switch (route.screen) {
    case 'home':
      return <HomePage />;
    case 'campaign':
      return <CampaignPage key={route.id} campaignId={route.id} />;
    case 'advertiser':
    case 'moderation':
      return <LaterPage screen={route.screen} />;
    case 'nowhere':
      return (
        <Message title={strings.failed.notFound} hint={strings.failed.notFoundHint}>
          <Link to="/" className="button button-primary">
            {strings.failed.home}
          </Link>
        </Message>
      );
    default:
      return route satisfies never;
  }
}
