import { useMemo, useState } from 'react';
import type { StatsAnswer } from '../../server/contract/stats.ts';
import { CloseIcon } from '../icons.tsx';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { ChartControls } from './chart-controls.tsx';
import { formatBucket, formatChange, formatFigure } from './format.ts';
import { Panel, Pending } from './panel.tsx';
import { Plot, type PlotData } from './plot.tsx';
import { useSeries } from './series-context.tsx';
import { SeriesTable } from './series-table.tsx';
import { type BreakdownDimension, breakdowns, type ViewState } from './view-state.ts';

/** A figure over time. It grows while one looks, since each change of the campaign reads it anew. */
export function ChartPanel() {
  const { view } = useAdvertising();
  const { value, code, stale } = useSeries();
  return (
    <Panel title={words.chart.title} className="chart-panel" aside={<ChartControls />}>
      <Filters />
      {value === null ? (
        <Pending code={code} lines={8} />
      ) : (
        <div className={stale ? 'is-stale' : ''} aria-busy={stale}>
          <Chart answer={value} view={view} />
        </div>
      )}
    </Panel>
  );
}

const figure = (row: Record<string, unknown> | undefined, metric: string): number | null =>
  typeof row?.[metric] === 'number' ? row[metric] : null;

function Chart({ answer, view }: { answer: StatsAnswer; view: ViewState }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { metric } = view;
  const { series, interval, timezone, totals, comparison } = answer;
  const data = useMemo<PlotData>(
    () => ({
      metric,
      timezone,
      at: series.map(({ at }) => Date.parse(at) / 1_000),
      values: series.map((row) => figure(row, metric)),
      before: comparison?.series.map((row) => figure(row, metric)) ?? null,
    }),
    [series, comparison, metric, timezone],
  );
  const name = words.metrics[metric] ?? metric;
  const total = formatFigure(metric, totals[metric]);
  const change = comparison?.change[metric];
  const row = pointed === null ? undefined : series[pointed];
  const then = pointed === null ? undefined : comparison?.series[pointed];
  return (
    <>
      <p className="chart-total">
        <span className="chart-value number" data-total={metric}>
          {row === undefined ? total : formatFigure(metric, figure(row, metric))}
        </span>
        <span className="chart-caption">
          {row === undefined
            ? `${name}, ${words.chart.ranges[view.range].toLowerCase()}`
            : formatBucket(row.at, interval, timezone)}
          {pointed === series.length - 1 && `, ${words.chart.soFar}`}
        </span>
        {row === undefined && change !== null && change !== undefined && (
          <span className="chart-change" data-up={change >= 0}>
            {formatChange(change)} {words.chart.before}
          </span>
        )}
        {then !== undefined && (
          <span className="chart-caption">
            {formatFigure(metric, figure(then, metric))} {words.chart.before}
          </span>
        )}
      </p>
      <Plot data={data} label={words.chart.picture(name, words.chart.ranges[view.range], total)} onPoint={setPointed} />
      <SeriesTable answer={answer} metric={metric} />
    </>
  );
}

function Filters() {
  const { view, show } = useAdvertising();
  const set = breakdowns.filter((dimension) => view.filters[dimension] !== undefined);
  if (set.length === 0) return null;
  const without = (dimension: BreakdownDimension) => {
    const { [dimension]: _gone, ...filters } = view.filters;
    show({ filters });
  };
  return (
    <ul className="filters" aria-label={words.chart.filtered}>
      {set.map((dimension) => {
        const value = view.filters[dimension] ?? words.breakdown.unknown;
        const name = words.breakdown[dimension];
        return (
          <li key={dimension}>
            <button
              type="button"
              className="filter"
              aria-label={words.chart.removeFilter(name, value)}
              onClick={() => without(dimension)}
            >
              <span className="quiet">{name}</span> {value} <CloseIcon />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
