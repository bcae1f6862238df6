/** What somebody wants of a kind, and how a change of it is written down. */
import type { Notification, NotificationPreferences } from '../../server/contract/notification.ts';

export type Preference = NotificationPreferences['items'][number];
export type Kind = Exclude<Notification['kind'], 'digest'>;
type Wish = Pick<Preference, 'inApp' | 'digest' | 'webhook'>;

const usual: Wish = { inApp: true, digest: 'none', webhook: false };

/** For all campaigns: the kind's own, else every kind's, else the usual. */
export function preferenceOf({ items }: NotificationPreferences, kind: Kind): Wish {
  const everywhere = items.filter(({ campaignId }) => campaignId === null);
  return everywhere.find((item) => item.kind === kind) ?? everywhere.find((item) => item.kind === null) ?? usual;
}

/** What is said of single campaigns stays. */
export function withPreference(preferences: NotificationPreferences, kind: Kind, wish: Partial<Wish>) {
  const { inApp, digest, webhook } = { ...preferenceOf(preferences, kind), ...wish };
  const others = preferences.items.filter((item) => item.kind !== kind || item.campaignId !== null);
  const items: Preference[] = [...others, { kind, campaignId: null, inApp, digest, webhook }];
  return { ...preferences, items };
}
