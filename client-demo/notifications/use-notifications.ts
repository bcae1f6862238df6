import { useEffect, useState } from 'react';
import { useApp } from '../app-context.ts';
import { LiveNotifications } from '../lib/notifications/live-notifications.ts';
import type { Viewer } from '../lib/session.ts';

/** The viewer's notifications, alive as long as somebody is signed in; null before. */
export function useNotifications(viewer: Viewer | null): LiveNotifications | null {
  const { connection } = useApp();
  const userId = viewer?.id ?? null;
  const [live, setLive] = useState<LiveNotifications | null>(null);
  useEffect(() => {
    if (userId === null) return;
    const own = new LiveNotifications({ userId, connection });
    const end = own.start();
    setLive(own);
    return () => {
      end();
      setLive(null);
    };
  }, [userId, connection]);
  return live;
}
