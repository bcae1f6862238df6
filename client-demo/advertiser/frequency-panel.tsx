import { useLiveQuery } from '../use-live-query.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { formatRatio, formatWhole } from './format.ts';
import { Panel, Pending } from './panel.tsx';

/** How many people saw it once, twice and so on. */
export function FrequencyPanel() {
  const { live } = useAdvertising();
  const { value, code } = useLiveQuery({
    key: '',
    read: () => live.api.frequency(live.campaignId),
    when: live.moves,
    gapMs: 3_000,
  });
  const most = Math.max(1, ...(value?.histogram.map(({ viewers }) => viewers) ?? []));
  return (
    <Panel title={words.frequency.title} hint={words.frequency.hint}>
      {value === null ? (
        <Pending code={code} />
      ) : value.reach === 0 ? (
        <p className="panel-note">{words.frequency.none}</p>
      ) : (
        <>
          <ol className="histogram">
            {value.histogram.map(({ frequency, orMore, viewers }) => (
              <li key={frequency} className="histogram-bin">
                <span className="histogram-count number">{formatWhole(viewers)}</span>
                <span className="histogram-room">
                  <span className="histogram-fill" style={{ transform: `scaleY(${viewers / most})` }} />
                </span>
                <span className="histogram-name number">{words.frequency.times(frequency, orMore)}</span>
              </li>
            ))}
          </ol>
          <p className="panel-hint">
            {formatWhole(value.reach)} {words.frequency.people}, {formatRatio(value.frequency)}×{' '}
            {words.frequency.average}
          </p>
        </>
      )}
    </Panel>
  );
}
