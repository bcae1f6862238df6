import { type RefObject, useEffect } from 'react';
import { ArrowUpIcon } from '../icons.tsx';
import { shownTop } from '../lib/thread/select.ts';
import { announce } from '../notices.tsx';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';

/** What came while the reader was reading, behind a button: nothing moves until it is pressed. */
export function Arrivals({ list }: { list: RefObject<HTMLDivElement | null> }) {
  const campaign = useCampaign();
  const ids = useThread((state) => shownTop(state).arrivals);
  const newestFirst = useThread((state) => state.top.sort === 'newest');
  useAnnounced();
  const show = async () => {
    if (newestFirst) campaign.reveal(ids);
    else await campaign.pager.sort('newest');
    list.current?.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="arrivals">
      {ids.length > 0 && (
        <button type="button" className="arrivals-button" onClick={() => void show()}>
          <ArrowUpIcon />
          {strings.discussion.arrivals(ids.length)}
        </button>
      )}
    </div>
  );
}

const QUIET_MS = 4_000;

/** Says how many have come, at most every few seconds: a busy discussion must not talk over what is being read out. */
function useAnnounced(): void {
  const { arrived } = useCampaign();
  useEffect(() => {
    let said = arrived.get();
    const timer = setInterval(() => {
      const fresh = arrived.get() - said;
      said += fresh;
      if (fresh > 0) announce(strings.announce.arrived(fresh));
    }, QUIET_MS);
    return () => clearInterval(timer);
  }, [arrived]);
}
