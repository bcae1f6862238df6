import type { Metrics } from '../lib/advertiser/advertiser-api.ts';
import { useLiveQuery } from '../use-live-query.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Definition } from './definition.tsx';
import { formatMoney, formatPercent, formatRatio, formatWhole } from './format.ts';
import { OfFew, Rate } from './rate.tsx';

/** `of`: what a rate is a rate of. */
type Figure = { metric: keyof Metrics & string; text: (metrics: Metrics) => string; of?: (metrics: Metrics) => number };

const whole = (metric: 'impressions' | 'viewable' | 'clicks' | 'conversions' | 'reach'): Figure => ({
  metric,
  text: (metrics) => formatWhole(metrics[metric]),
});
const rate = (metric: 'viewabilityRate' | 'clickThroughRate' | 'conversionRate' | 'engagementRate'): Figure => ({
  metric,
  text: (metrics) => formatPercent(metrics[metric]),
  of: ({ impressions, clicks }) => (metric === 'conversionRate' ? clicks : impressions),
});

/** Nothing was billed yet: there are conversions and the ratio is none of them, or nothing was spent at all. */
const isUnbilled = ({ marketingEfficiencyRatio, conversions, spend }: Metrics): boolean =>
  marketingEfficiencyRatio === 0 && (conversions > 0 || Number(spend) === 0);

/** A count and, below it, the rate that belongs to it. */
const tiles: [Figure, Figure][] = [
  [whole('impressions'), rate('engagementRate')],
  [whole('viewable'), rate('viewabilityRate')],
  [whole('clicks'), rate('clickThroughRate')],
  [whole('conversions'), rate('conversionRate')],
  [
    whole('reach'),
    { metric: 'frequency', text: ({ frequency, reach }) => (reach === 0 ? '–' : formatRatio(frequency)) },
  ],
  [
    { metric: 'spend', text: ({ spend }) => formatMoney(spend) },
    {
      metric: 'marketingEfficiencyRatio',
      text: (metrics) => (isUnbilled(metrics) ? '–' : formatRatio(metrics.marketingEfficiencyRatio)),
    },
  ],
];
const engagement = ['likes', 'comments', 'shares', 'saves', 'bookmarks'] as const;

/** What was counted since the campaign began. They change in place, as fast as the database does. */
export function Counters() {
  const { live, view } = useAdvertising();
  const valid = useStore(live.metrics);
  const other = useLiveQuery({
    key: view.traffic,
    read: () => (view.traffic === 'valid' ? live.readMetrics() : live.api.metrics(live.campaignId, view.traffic)),
    when: live.moves,
    ...(view.traffic === 'valid' ? {} : { everyMs: 5_000 }),
  });
  const shown = view.traffic === 'valid' ? valid : other.stale ? null : other.value;
  const metrics = shown ?? valid;
  if (metrics === null) return null;
  return (
    <section aria-label={words.total} aria-busy={shown === null}>
      {view.traffic !== 'valid' && <p className="traffic-note">{words.trafficNote[view.traffic]}</p>}
      <dl className={`counters ${shown === null ? 'is-stale' : ''}`}>
        {tiles.map(([count, below]) => (
          <div className="counter" key={count.metric}>
            <Term metric={count.metric} />
            <dd className="counter-value number" data-metric={count.metric}>
              {count.text(metrics)}
            </dd>
            <dd className="counter-rate">
              {below.of === undefined ? (
                <span className="number" data-metric={below.metric}>
                  {below.text(metrics)}
                </span>
              ) : (
                <Rate metric={below.metric} value={Number(metrics[below.metric])} of={below.of(metrics)} />
              )}{' '}
              <Definition name={words.short[below.metric] ?? ''} of={below.metric} />
              {below.of !== undefined && <OfFew of={below.of(metrics)} />}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="engagement" aria-label={words.engagement}>
        {engagement.map((metric) => (
          <div className="engagement-item" key={metric}>
            <dt>{words.metrics[metric]}</dt>
            <dd className="number" data-metric={metric}>
              {formatWhole(metrics[metric])}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Term({ metric }: { metric: string }) {
  const name = words.metrics[metric] ?? metric;
  return (
    <dt className="counter-name">
      <Definition name={name} of={metric} />
    </dt>
  );
}
