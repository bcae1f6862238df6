import { useCallback, useEffect, useState } from 'react';
import { useSearch } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { commentIn, markedComment } from './permalink.ts';
import { bringIntoSight } from './sight.ts';

type Missing = 'removed' | 'unknown' | 'failed';

/** Leads to the comment that the address names, marks it, and says so when it is not there. */
export function LinkedComment() {
  const campaign = useCampaign();
  const ready = useStore(campaign.loading).state === 'ready';
  const id = commentIn(useSearch());
  const [missing, setMissing] = useState<Missing | null>(null);
  const lead = useCallback(
    async (target: number) => {
      setMissing(null);
      const opened = await campaign.open(target);
      markedComment.set(target);
      if (opened === 'shown') bringIntoSight(campaign.state.get(), target);
      else setMissing(opened);
    },
    [campaign],
  );
  useEffect(() => {
    if (id === null) markedComment.set(null);
    else if (ready) void lead(id);
    return () => markedComment.set(null);
  }, [id, ready, lead]);
  if (missing === null || id === null) return null;
  return (
    <p className="closed linked-missing" role="status">
      <span>{words.permalink[missing]}</span>
      {missing === 'failed' && (
        <button type="button" className="text-button" onClick={() => void lead(id)}>
          {words.permalink.retry}
        </button>
      )}
      <button type="button" className="text-button" onClick={() => setMissing(null)}>
        {words.permalink.dismiss}
      </button>
    </p>
  );
}
