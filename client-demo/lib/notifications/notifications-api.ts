/** The calls of the API that a user's notifications need, each one typed by the contract. */
import {
  type ChosenNotifications,
  type Notification,
  type NotificationPreferences,
  notificationPreferences,
  notificationsAnswer,
  unreadDataSchema,
} from '../../../server/contract/notification.ts';
import type { Http } from '../http.ts';

const PAGE = 30;

export type NotificationsApi = ReturnType<typeof createNotificationsApi>;

export interface NotificationList {
  readonly items: readonly Notification[];
  readonly unread: number;
  readonly more: boolean;
}

export function createNotificationsApi(http: Http) {
  const page = (cursor: string | null) =>
    http({
      method: 'GET',
      path: `/me/notifications?limit=${PAGE}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      answer: notificationsAnswer,
    }).then(({ value }) => value);
  const mark = (act: 'read' | 'archive', body: ChosenNotifications) =>
    http({ method: 'POST', path: `/me/notifications/${act}`, body, answer: unreadDataSchema });

  return {
    /** The newest pages, one after the other. */
    async list(pages: number): Promise<NotificationList> {
      const first = await page(null);
      const items = new Map(first.items.map((item) => [item.id, item]));
      let { nextCursor } = first;
      for (let read = 1; read < pages && nextCursor !== null; read++) {
        const next = await page(nextCursor);
        for (const item of next.items) items.set(item.id, item);
        ({ nextCursor } = next);
      }
      return { items: [...items.values()], unread: first.unread, more: nextCursor !== null };
    },
    read: (chosen: ChosenNotifications) => mark('read', chosen),
    archive: (chosen: ChosenNotifications) => mark('archive', chosen),
    preferences: () =>
      http({ method: 'GET', path: '/me/notification-preferences', answer: notificationPreferences }).then(
        ({ value }) => value,
      ),
    setPreferences: (body: NotificationPreferences) =>
      http({ method: 'PUT', path: '/me/notification-preferences', body, answer: notificationPreferences }).then(
        ({ value }) => value,
      ),
  };
}
