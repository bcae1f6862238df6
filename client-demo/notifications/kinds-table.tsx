import type { NotificationPreferences } from '../../server/contract/notification.ts';
import { words } from '../words/notifications.ts';
import { type Kind, type Preference, preferenceOf, withPreference } from './preference-of.ts';

const groups: Record<keyof typeof words.groups, readonly Kind[]> = {
  discussion: ['reply', 'mention', 'comment_liked'],
  moderation: [
    ...(['comment_approved', 'comment_rejected', 'comment_restored'] as const),
    ...(['flag_outcome', 'appeal_answered', 'sanction'] as const),
  ],
  campaigns: [
    ...(['engagement', 'milestone', 'alert', 'pacing', 'low_balance', 'auto_paused'] as const),
    ...(['invoice_issued', 'invoice_paid', 'invoice_overdue', 'endpoint_disabled'] as const),
  ],
};
const digests: readonly Preference['digest'][] = ['none', 'hourly', 'daily'];

/** Those that no campaign is the subject of. */
const ofNoCampaign: readonly Kind[] = ['endpoint_disabled'];

export interface PreferencesProps {
  preferences: NotificationPreferences;
  onChange: (next: NotificationPreferences) => void;
}

interface KindsProps extends PreferencesProps {
  /** Null is all campaigns. */
  campaignId: number | null;
  runsCampaigns: boolean;
}

/** Whoever runs campaigns finds them first, and nobody else has to read of them. */
export function KindsTable({ campaignId, runsCampaigns, ...props }: KindsProps) {
  const shown = runsCampaigns
    ? (['campaigns', 'discussion', 'moderation'] as const)
    : (['discussion', 'moderation'] as const);
  return (
    <>
      {shown.map((group) => (
        <table className="settings-table" key={group}>
          <caption>{words.groups[group]}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{words.kind}</span>
              </th>
              <th scope="col">{words.inApp}</th>
              <th scope="col">{words.digestName}</th>
              {group === 'campaigns' && <th scope="col">{words.webhook}</th>}
            </tr>
          </thead>
          <tbody>
            {groups[group]
              .filter((kind) => campaignId === null || !ofNoCampaign.includes(kind))
              .map((kind) => (
                <KindRow key={kind} kind={kind} campaignId={campaignId} webhooks={group === 'campaigns'} {...props} />
              ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

interface RowProps extends PreferencesProps {
  kind: Kind;
  campaignId: number | null;
  webhooks: boolean;
}

function KindRow({ kind, campaignId, webhooks, preferences, onChange }: RowProps) {
  const { inApp, digest, webhook } = preferenceOf(preferences, kind, campaignId);
  const name = words.kinds[kind];
  const set = (wish: Partial<Preference>) => onChange(withPreference(preferences, kind, campaignId, wish));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <label className="check-target">
          <input
            type="checkbox"
            checked={inApp}
            aria-label={words.of(words.inApp, name)}
            onChange={({ target }) => set({ inApp: target.checked })}
          />
        </label>
      </td>
      <td>
        <select
          className="settings-choice"
          value={digest}
          aria-label={words.of(words.digestName, name)}
          onChange={({ target }) => set({ digest: digests.find((one) => one === target.value) ?? 'none' })}
        >
          {digests.map((one) => (
            <option key={one} value={one}>
              {words.digests[one]}
            </option>
          ))}
        </select>
      </td>
      {webhooks && (
        <td>
          <label className="check-target">
            <input
              type="checkbox"
              checked={webhook}
              aria-label={words.of(words.webhook, name)}
              onChange={({ target }) => set({ webhook: target.checked })}
            />
          </label>
        </td>
      )}
    </tr>
  );
}
