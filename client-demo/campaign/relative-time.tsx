import { formatAge, formatFull } from '../format.ts';
import { Store } from '../lib/store.ts';
import { useStore } from '../watching.ts';

/** One clock for all the times on the page. */
const now = new Store(Date.now());
setInterval(() => now.set(Date.now()), 30_000);

export function RelativeTime({ at }: { at: string }) {
  const current = useStore(now);
  return (
    <time className="time" dateTime={at} title={formatFull(at)}>
      {formatAge(at, Math.max(current, Date.now() - 30_000))}
    </time>
  );
}
