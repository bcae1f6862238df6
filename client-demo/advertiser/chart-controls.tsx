import type { StatsInterval } from '../../server/contract/stats.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { Choice } from './choice.tsx';
import { Dates } from './dates.tsx';
import { Segmented } from './segmented.tsx';
import { dateIn, fromOf } from './stats-query.ts';
import { chartMetrics, intervalsOf, type Range, ranges, type ViewState } from './view-state.ts';

const zones = [
  ...new Set(['UTC', Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone')]),
].filter((zone) => zone === 'UTC' || zone.includes('/'));

/** Dates of one's own begin as those that are in view. */
function changeTo(range: Range, view: ViewState): Pick<ViewState, 'range' | 'from' | 'to' | 'interval'> {
  const now = Date.now();
  const dates =
    range === 'custom' && view.range !== 'custom'
      ? {
          from: dateIn(view.timezone, Date.parse(fromOf(view.range, view.timezone, now))),
          to: dateIn(view.timezone, now),
        }
      : { from: '', to: '' };
  const next = range === view.range ? view : { range, ...dates };
  return { ...next, range, interval: intervalsOf(next)[0] };
}

/** What the series is of, over which time, and on whose clock. */
export function ChartControls() {
  const { view, show } = useAdvertising();
  const { chart } = words;
  return (
    <div className="chart-controls">
      <Choice
        label={chart.metric}
        value={view.metric}
        options={chartMetrics.map((value) => ({ value, text: words.metrics[value] ?? value }))}
        onChange={(metric) => show({ metric })}
      />
      <Segmented
        label={chart.range}
        value={view.range}
        options={ranges.map((value) => ({ value, text: chart.ranges[value] }))}
        onChange={(range) => show(changeTo(range, view))}
      />
      <Dates />
      <Choice<StatsInterval>
        label={chart.interval}
        value={view.interval}
        options={intervalsOf(view).map((value) => ({ value, text: chart.intervals[value] ?? value }))}
        onChange={(interval) => show({ interval })}
      />
      <Choice
        label={chart.zone}
        value={view.timezone}
        options={zones.map((value) => ({ value, text: value.replaceAll('_', ' ') }))}
        onChange={(timezone) => show({ timezone })}
      />
      <label className="check">
        <input type="checkbox" checked={view.compare} onChange={({ target }) => show({ compare: target.checked })} />
        <span>{chart.compare}</span>
      </label>
    </div>
  );
}
