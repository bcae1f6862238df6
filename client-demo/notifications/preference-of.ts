/** What somebody wants of a kind, for all campaigns (campaign null) or for one, and how a change of it is written down. */
import type { Notification, NotificationPreferences } from '../../server/contract/notification.ts';

export type Preference = NotificationPreferences['items'][number];
export type Kind = Exclude<Notification['kind'], 'digest'>;
type Wish = Pick<Preference, 'inApp' | 'digest' | 'webhook'>;

const usual: Wish = { inApp: true, digest: 'none', webhook: false };

/** The most specific holds, as on the server: kind and campaign, then kind, then campaign, then neither, then the usual. */
export function preferenceOf({ items }: NotificationPreferences, kind: Kind, campaignId: number | null): Wish {
  const find = (ofKind: Kind | null, ofCampaign: number | null) =>
    items.find((item) => item.kind === ofKind && item.campaignId === ofCampaign);
  return find(kind, campaignId) ?? find(kind, null) ?? find(null, campaignId) ?? find(null, null) ?? usual;
}

/** What a campaign has like all others is not written down for it, so that it follows them when they change. */
export function withPreference(
  preferences: NotificationPreferences,
  kind: Kind,
  campaignId: number | null,
  wish: Partial<Wish>,
) {
  const { inApp, digest, webhook } = { ...preferenceOf(preferences, kind, campaignId), ...wish };
  const items = preferences.items.filter((item) => item.kind !== kind || item.campaignId !== campaignId);
  const without = { ...preferences, items };
  const otherwise = preferenceOf(without, kind, campaignId);
  const like = inApp === otherwise.inApp && digest === otherwise.digest && webhook === otherwise.webhook;
  if (campaignId !== null && like) return without;
  return { ...preferences, items: [...items, { kind, campaignId, inApp, digest, webhook }] };
}

/** The campaign has nothing of its own any more. */
export const likeAllOthers = (preferences: NotificationPreferences, campaignId: number): NotificationPreferences => ({
  ...preferences,
  items: preferences.items.filter((item) => item.campaignId !== campaignId),
});
