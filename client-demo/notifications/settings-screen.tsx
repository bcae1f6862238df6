import { LoadFailed } from '../campaign/load-failed.tsx';
import { chosenIdentity, identityOn } from '../identity.ts';
import { useRoute } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { WebhooksPanel } from '../webhooks/webhooks-panel.tsx';
import { words } from '../words/notifications.ts';
import { KindsTable } from './kinds-table.tsx';
import { QuietHours } from './quiet-hours.tsx';
import { usePreferences } from './use-preferences.ts';
import '../styles/settings.css';

/** What the viewer is told of, and how. */
export default function SettingsScreen() {
  const { shown, code, saving, change, load } = usePreferences();
  const { kind } = identityOn(useRoute(), useStore(chosenIdentity));
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
          <KindsTable preferences={shown} onChange={change} runsCampaigns={runsCampaigns} />
          <QuietHours preferences={shown} onChange={change} />
          {runsCampaigns && <WebhooksPanel />}
        </>
      )}
    </div>
  );
}
