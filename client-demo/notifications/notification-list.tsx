import { useMemo, useState } from 'react';
import type { ChosenNotifications } from '../../server/contract/notification.ts';
import { useApp } from '../app-context.ts';
import type { LiveNotifications } from '../lib/notifications/live-notifications.ts';
import { createNotificationsApi } from '../lib/notifications/notifications-api.ts';
import { notifyProblem } from '../notices.tsx';
import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/notifications.ts';
import { NotificationRow } from './notification-row.tsx';

export function NotificationList({ live, onLeave }: { live: LiveNotifications; onLeave: () => void }) {
  const { http } = useApp();
  const api = useMemo(() => createNotificationsApi(http), [http]);
  const [pages, setPages] = useState(1);
  const { value, code } = useLiveQuery({
    key: String(pages),
    read: () => api.list(pages),
    when: live.moves,
    gapMs: 250,
  });
  const act = (doing: Promise<unknown>) => doing.then(() => live.moved(), notifyProblem);
  const newest = value?.items[0]?.updatedAt;
  const markAll = () => {
    // What came after the list was read was not seen, and stays unread.
    const all: ChosenNotifications = newest === undefined ? { all: true } : { upTo: newest };
    void act(api.read(all));
  };
  return (
    <section className="notifications-list" aria-busy={value === null}>
      <header className="notifications-head">
        <h2>{words.title}</h2>
        {value !== null && value.unread > 0 && (
          <button type="button" className="text-button" onClick={markAll}>
            {words.markAll}
          </button>
        )}
      </header>
      {value === null && code === null && <p className="notifications-note">{words.loading}</p>}
      {value === null && code !== null && (
        <p className="notifications-note">
          {words.notShown}{' '}
          <button type="button" className="text-button" onClick={() => live.moved()}>
            {words.retry}
          </button>
        </p>
      )}
      {value?.items.length === 0 && (
        <div className="notifications-empty">
          <p>{words.empty}</p>
          <p>{words.emptyHint}</p>
        </div>
      )}
      {value !== null && value.items.length > 0 && (
        <ul>
          {value.items.map((item) => (
            <NotificationRow
              key={item.id}
              item={item}
              onFollow={() => {
                if (item.readAt === null) void act(api.read({ ids: [item.id] }));
                onLeave();
              }}
              onRead={() => void act(api.read({ ids: [item.id] }))}
              onArchive={() => void act(api.archive({ ids: [item.id] }))}
            />
          ))}
        </ul>
      )}
      {value?.more && (
        <button type="button" className="text-button notifications-more" onClick={() => setPages(pages + 1)}>
          {words.more}
        </button>
      )}
    </section>
  );
}
