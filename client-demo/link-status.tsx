import { formatClock } from './format.ts';
import type { Link } from './lib/link.ts';
import type { Store } from './lib/store.ts';
import { strings } from './strings.ts';
import { useStore } from './watching.ts';

/** Whether what is on the glass is live and, if not, since when not. */
export function LinkStatus({ store }: { store: Store<Link> }) {
  const { state, asOf } = useStore(store);
  return (
    <span className="link-status" data-state={state} role="status">
      <span className="link-dot" aria-hidden="true" />
      <span>{strings.link[state]}</span>
      {asOf !== null && <span className="link-as-of">{strings.shownAsOf(formatClock(asOf))}</span>}
    </span>
  );
}
