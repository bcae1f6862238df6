import { Link } from '../routing.tsx';
import { useSelected, useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { ExportButton } from './export-dialog.tsx';
import { formatClock, formatDate } from './format.ts';
import { Segmented } from './segmented.tsx';

/** Which campaign this is, how it stands, and what of its traffic is shown. */
export function Head() {
  const { live, view, show } = useAdvertising();
  const campaign = useStore(live.campaign);
  const asOf = useSelected(live.metrics, (metrics) => metrics?.asOf ?? null);
  return (
    <header className="head">
      <div className="head-text">
        <p className="head-path">
          <Link to="/advertiser" className="text-link">
            {words.allCampaigns}
          </Link>
        </p>
        <h1 className="head-title">{campaign?.name}</h1>
        <p className="head-hint">
          {campaign !== null && (
            <span className="status" data-status={campaign.status}>
              {words.status[campaign.status]}
            </span>
          )}
          {campaign?.launchedAt != null && <span>{words.since(formatDate(campaign.launchedAt, view.timezone))}</span>}
          {asOf !== null && (
            <span className="number" data-as-of={asOf}>
              {words.asOf(formatClock(asOf, view.timezone))}
            </span>
          )}
        </p>
      </div>
      <div className="head-actions">
        <Segmented
          label={words.traffic.label}
          value={view.traffic}
          options={(['valid', 'all', 'invalid'] as const).map((value) => ({ value, text: words.traffic[value] }))}
          onChange={(traffic) => show({ traffic })}
        />
        <ExportButton />
      </div>
    </header>
  );
}
