import { lazy, Suspense, useState } from 'react';
import { formatCount } from '../format.ts';
import { BellIcon } from '../icons.tsx';
import type { LiveNotifications } from '../lib/notifications/live-notifications.ts';
import { useStore } from '../watching.ts';
import { strings } from '../words/page.ts';

const load = () => import('./notifications-panel.tsx');
const NotificationsPanel = lazy(load);

/** How many notifications are unread, exactly; the list comes when somebody reaches for it. */
export function Bell({ live }: { live: LiveNotifications }) {
  const [opened, setOpened] = useState(false);
  const unread = useStore(live.unread) ?? 0;
  const face = (
    <>
      <BellIcon />
      {unread > 0 && (
        <span className="bell-count" aria-hidden="true">
          {formatCount(unread)}
        </span>
      )}
      <span className="visually-hidden">{strings.bell(unread, formatCount(unread))}</span>
    </>
  );
  const button = (
    <button
      type="button"
      className="icon-button bell"
      aria-haspopup="dialog"
      aria-expanded="false"
      onPointerEnter={load}
      onFocus={load}
      onClick={() => setOpened(true)}
    >
      {face}
    </button>
  );
  if (!opened) return button;
  return (
    <Suspense fallback={button}>
      <NotificationsPanel live={live} face={face} />
    </Suspense>
  );
}
