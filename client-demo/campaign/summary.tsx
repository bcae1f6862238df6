import type { Campaign } from '../../server/contract/campaign.ts';
import { strings } from '../words/page.ts';
import { ActionBar } from './action-bar.tsx';
import { useAdView } from './ad-context.ts';
import { useThread } from './campaign-context.ts';
import { hostOf, socialLinks } from './links.ts';
import { Media } from './media.tsx';
import { Presence } from './presence.tsx';

/** What the campaign is, and what one can do with it. */
export function Summary() {
  const campaign = useThread((state) => state.campaign?.value ?? null);
  if (campaign === null) return null;
  return (
    <section className="summary" aria-labelledby="campaign-name">
      <Media campaign={campaign} />
      <div className="summary-text">
        <Byline campaign={campaign} />
        <h1 className="summary-title" id="campaign-name" dir="auto">
          {campaign.name}
        </h1>
        {campaign.description !== null && (
          <p className="summary-description" dir="auto">
            {campaign.description}
          </p>
        )}
        <div className="summary-row">
          <CallToAction campaign={campaign} />
          <Presence />
        </div>
        <ActionBar />
      </div>
    </section>
  );
}

function Byline({ campaign }: { campaign: Campaign }) {
  const host = hostOf(socialLinks(campaign)[0]?.href);
  const status = strings.campaign.status[campaign.status];
  return (
    <p className="byline">
      <span>{strings.campaign.sponsored}</span>
      {host !== null && <bdi className="byline-brand">{host}</bdi>}
      {status !== undefined && campaign.status !== 'live' && <span className="badge">{status}</span>}
    </p>
  );
}

/** Leads to the advertiser's own site where one is known; else it is only words. */
function CallToAction({ campaign }: { campaign: Campaign }) {
  const ad = useAdView();
  const words = campaign.callToAction;
  const href = socialLinks(campaign)[0]?.href;
  if (words === null || words.trim() === '') return null;
  if (href === undefined) return <p className="call-to-action">{words}</p>;
  return (
    // A middle click opens it as well, and is no click event.
    <a
      className="button button-primary"
      href={href}
      target="_blank"
      rel="nofollow sponsored noopener"
      onClick={() => ad.click()}
      onAuxClick={(event) => event.button === 1 && ad.click()}
    >
      {words}
    </a>
  );
}
