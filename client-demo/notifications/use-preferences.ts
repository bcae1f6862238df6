import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { NotificationPreferences } from '../../server/contract/notification.ts';
import { useApp } from '../app-context.ts';
import { createNotificationsApi } from '../lib/notifications/notifications-api.ts';
import { codeOf } from '../lib/problem.ts';
import { notifyProblem } from '../notices.tsx';

export type Saving = 'idle' | 'saving' | 'saved';

/**
 * The preferences as they are to be. Each change is sent when the one before it was answered, the newest last; one that
 * fails is told, and what the server has is shown again.
 */
export function usePreferences() {
  const { http } = useApp();
  const api = useMemo(() => createNotificationsApi(http), [http]);
  const [shown, setShown] = useState<NotificationPreferences | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [saving, setSaving] = useState<Saving>('idle');
  const waiting = useRef<NotificationPreferences | null>(null);
  const sending = useRef(false);

  const load = useCallback(() => {
    setCode(null);
    api.preferences().then(setShown, (error) => setCode(codeOf(error)));
  }, [api]);
  useEffect(load, [load]);

  const send = async () => {
    if (sending.current) return;
    sending.current = true;
    try {
      for (let next = waiting.current; next !== null; next = waiting.current) {
        waiting.current = null;
        await api.setPreferences(next);
      }
      setSaving('saved');
    } catch (error) {
      waiting.current = null;
      setSaving('idle');
      notifyProblem(error);
      load();
    } finally {
      sending.current = false;
    }
  };
  const change = (next: NotificationPreferences) => {
    setShown(next);
    setSaving('saving');
    waiting.current = next;
    void send();
  };
  return { shown, code, saving, change, load };
}
