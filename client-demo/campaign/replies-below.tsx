import { useEffect, useState } from 'react';
import { ChevronIcon } from '../icons.tsx';
import { useStore } from '../watching.ts';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { bringIntoSight } from './sight.ts';

/** Replies that came below what is in sight, behind a button that leads to the first of them. */
export function RepliesBelow() {
  const campaign = useCampaign();
  const came = useStore(campaign.replied);
  const [below, setBelow] = useState<readonly number[]>([]);
  useEffect(() => {
    if (came.length === 0) {
      setBelow([]);
      return;
    }
    const under = new Set<number>();
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        const id = Number(target.parentElement?.id.replace('comment-', ''));
        if (!isIntersecting && boundingClientRect.top > innerHeight / 2) under.add(id);
        else under.delete(id);
        if (isIntersecting) campaign.replied.set(campaign.replied.get().filter((one) => one !== id));
      }
      setBelow([...under].sort((a, b) => a - b));
    });
    // The list of replies is drawn by the time that a frame has passed.
    const frame = requestAnimationFrame(() => {
      for (const id of came) {
        const body = document.querySelector(`#comment-${id} > .comment-body`);
        if (body !== null) observer.observe(body);
      }
    });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [campaign, came]);
  return (
    <div className="replies-below">
      {below.length > 0 && (
        <button
          type="button"
          className="arrivals-button"
          onClick={() => bringIntoSight(campaign.state.get(), below[0] ?? 0)}
        >
          <ChevronIcon />
          {words.repliesBelow(below.length)}
        </button>
      )}
    </div>
  );
}
