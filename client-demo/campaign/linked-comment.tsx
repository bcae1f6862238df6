import { useCallback, useEffect, useState } from 'react';
import { useSearch } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { commentIn, markedComment } from './permalink.ts';

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
      if (opened === 'shown') requestAnimationFrame(() => showComment(target));
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

/** Scrolls to a comment and gives it the focus. */
export function showComment(id: number): void {
  const item = document.getElementById(`comment-${id}`);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  item?.querySelector('.comment-body')?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  item?.focus({ preventScroll: true });
}
