import { useCallback, useEffect, useRef, useState } from 'react';
import { strings } from '../words/page.ts';
import { useCampaign } from './campaign-context.ts';
import { focusComment } from './focus.ts';

interface LoadMoreProps {
  /** How many are listed before the button. */
  after: number;
  /** Whether the next page comes by itself when the button comes near. */
  auto: boolean;
}

/** How near to the view, px. */
const NEAR_PX = 3_000;

export function LoadMore({ after, auto }: LoadMoreProps) {
  const { pager } = useCampaign();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const load = useCallback(async () => {
    setBusy(true);
    const loaded = await pager.more();
    setFailed(!loaded);
    setBusy(false);
    return loaded;
  }, [pager]);
  const press = async () => {
    const list = button.current?.previousElementSibling;
    if (await load()) focusComment(list, after);
  };
  useEffect(() => {
    if (!auto || busy || failed || button.current === null) return;
    const near = (entries: IntersectionObserverEntry[]) => {
      if (entries.some((entry) => entry.isIntersecting)) void load();
    };
    const observer = new IntersectionObserver(near, { rootMargin: `${NEAR_PX}px` });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [auto, busy, failed, load]);
  return (
    <button
      type="button"
      ref={button}
      className="button button-quiet load-more"
      aria-disabled={busy}
      onClick={() => !busy && void press()}
    >
      {busy ? strings.discussion.loading : strings.discussion.more}
    </button>
  );
}
