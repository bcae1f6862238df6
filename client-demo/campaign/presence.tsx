import { formatClock, formatCount } from '../format.ts';
import { amount } from '../lib/registers.ts';
import { useStore } from '../watching.ts';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';

/** How many are here now, or since when we can't tell. */
export function Presence() {
  const { state, asOf } = useStore(useCampaign().link.store);
  const viewers = useThread((thread) => amount(thread.presence, 'viewers'));
  if (asOf !== null && state !== 'catching up') {
    return <p className="presence presence-stale">{strings.shownAsOfAlone(formatClock(asOf))}</p>;
  }
  if (viewers === 0) return <p className="presence" />;
  return (
    <p className="presence">
      <span className="presence-dot" aria-hidden="true" />
      <span>{strings.campaign.viewing(viewers, formatCount(viewers))}</span>
    </p>
  );
}
