import { formatClock, formatDelay } from './format.ts';
import type { Link } from './lib/link.ts';
import { Store } from './lib/store.ts';
import { useStore } from './watching.ts';
import { strings } from './words/page.ts';

const unknown = new Store<number | null>(null);

/** Whether what is on the glass is live, how old the last change was when it came, and if not live, since when not. */
export function LinkStatus({ store, delayMs = unknown }: { store: Store<Link>; delayMs?: Store<number | null> }) {
  const { state, asOf } = useStore(store);
  const delay = useStore(delayMs);
  return (
    <span className="link-status" data-state={state} role="status">
      <span className="link-dot" aria-hidden="true" />
      <span>{strings.link[state]}</span>
      {asOf !== null && <span className="link-as-of">{strings.shownAsOf(formatClock(asOf))}</span>}
      {state === 'live' && delay !== null && (
        <span className="link-as-of" aria-hidden="true" title={strings.liveWithin(formatDelay(delay))}>
          {formatDelay(delay)}
        </span>
      )}
    </span>
  );
}
