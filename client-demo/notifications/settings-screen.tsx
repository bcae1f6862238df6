import { LoadFailed } from '../campaign/load-failed.tsx';
import { chosenIdentity, identityOn } from '../identity.ts';
import { useRoute, useSearch } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { WebhooksPanel } from '../webhooks/webhooks-panel.tsx';
import { words } from '../words/notifications.ts';
import { CampaignChoice } from './campaign-choice.tsx';
import { KindsTable } from './kinds-table.tsx';
import { QuietHours } from './quiet-hours.tsx';
import { usePreferences } from './use-preferences.ts';
import '../styles/settings.css';

/** What the viewer is told of, and how. */
export default function SettingsScreen() {
  const { shown, code, saving, change, load } = usePreferences();
  const { kind } = identityOn(useRoute(), useStore(chosenIdentity));
  const campaignId = campaignIn(useSearch());
  const runsCampaigns = kind === 'advertiser' || kind === 'admin';
  if (code !== null) return <LoadFailed code={code} onRetry={load} />;
  return (
    <div className="settings" aria-busy={shown === null}>
      <header className="settings-head">
        <h1>{words.settingsTitle}</h1>
        <p>
          {words.settingsHint}{' '}
          <span className="settings-saved" role="status">
            {saving === 'idle' ? '' : words[saving]}
          </span>
        </p>
      </header>
      {shown === null ? (
        <div className="bone settings-bone" />
      ) : (
        <>
          <CampaignChoice preferences={shown} onChange={change} campaignId={campaignId} />
          <KindsTable preferences={shown} onChange={change} campaignId={campaignId} runsCampaigns={runsCampaigns} />
          {campaignId === null && <QuietHours preferences={shown} onChange={change} />}
          {campaignId === null && runsCampaigns && <WebhooksPanel />}
        </>
      )}
    </div>
  );
}

function campaignIn(search: string): number | null {
  const id = new URLSearchParams(search).get('campaign') ?? '';
  return /^[1-9]\d{0,15}$/.test(id) ? Number(id) : null;
}
