import { words } from '../words/advertiser.ts';
import { Bar } from './bar.tsx';
import { Definition } from './definition.tsx';
import { formatWhole } from './format.ts';
import { Panel, Pending } from './panel.tsx';
import { OfFew, Rate } from './rate.tsx';
import { useSeries } from './series-context.tsx';

const steps = [
  ['impressions', null],
  ['viewable', 'viewabilityRate'],
  ['clicks', 'clickThroughRate'],
  ['conversions', 'conversionRate'],
] as const;

/** From an impression to what the campaign is for. */
export function FunnelPanel() {
  const { value, code, stale } = useSeries();
  return (
    <Panel title={words.funnel.title} hint={words.funnel.hint}>
      {value === null ? (
        <Pending code={code} />
      ) : (
        <ol className={`funnel ${stale ? 'is-stale' : ''}`}>
          {steps.map(([metric, rate]) => {
            const count = Number(value.totals[metric] ?? 0);
            const first = Number(value.totals.impressions ?? 0);
            const before = rate === 'conversionRate' ? Number(value.totals.clicks ?? 0) : first;
            const name = words.metrics[metric] ?? metric;
            return (
              <li className="funnel-step" key={metric}>
                <p className="funnel-line">
                  <span className="funnel-name">{name}</span>
                  <span className="funnel-count number">{formatWhole(count)}</span>
                </p>
                <Bar share={first === 0 ? 0 : count / first} />
                {rate !== null && (
                  <p className="funnel-rate">
                    <Rate metric={rate} value={Number(value.totals[rate] ?? 0)} of={before} />{' '}
                    <Definition name={words.short[rate] ?? rate} of={rate} /> <OfFew of={before} />
                  </p>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </Panel>
  );
}
