import { useMemo, useState } from 'react';
import { CloseIcon } from '../icons.tsx';
import type { Stats } from '../lib/advertiser/advertiser-api.ts';
import type { Decimal } from '../lib/decimal.ts';
import { words } from '../words/advertiser.ts';
import { useAdvertising } from './advertiser-context.ts';
import { nameOf } from './breakdown-panel.tsx';
import { ChartControls } from './chart-controls.tsx';
import { formatBucket, formatChange, formatFigure, formatSpan } from './format.ts';
import { Panel, Pending } from './panel.tsx';
import { Plot, type PlotData } from './plot.tsx';
import { useSeries } from './series-context.tsx';
import { SeriesTable } from './series-table.tsx';
import { endsNow } from './stats-query.ts';
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

const isEmpty = ({ values, before }: PlotData): boolean => [...values, ...(before ?? [])].every((value) => !value);
/** For the picture, in which a double is exact enough. */
const figure = (row: Record<string, unknown> | undefined, metric: string): number | null => {
  const value = row?.[metric];
  return value === null || value === undefined ? null : Number(value);
};
const told = (row: Record<string, unknown> | undefined, metric: string) => row?.[metric] as number | Decimal | null;

function Chart({ answer, view }: { answer: Stats; view: ViewState }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { metric } = view;
  const { series, interval, timezone, totals, comparison } = answer;
  const isFilling = endsNow(view, Date.parse(answer.to));
  const data = useMemo<PlotData>(
    () => ({
      metric,
      timezone,
      at: series.map(({ at }) => Date.parse(at) / 1_000),
      values: series.map((row) => figure(row, metric)),
      before: comparison?.series.map((row) => figure(row, metric)) ?? null,
      isFilling,
    }),
    [series, comparison, metric, timezone, isFilling],
  );
  const name = words.metrics[metric] ?? metric;
  const total = formatFigure(metric, totals[metric]);
  const change = comparison?.change[metric];
  const spanText = formatSpan(answer.from, answer.to, timezone);
  const row = pointed === null ? undefined : series[pointed];
  const then = pointed === null ? undefined : comparison?.series[pointed];
  return (
    <>
      <p className="chart-total">
        <span className="chart-value number" data-total={metric}>
          {row === undefined ? total : formatFigure(metric, told(row, metric))}
        </span>
        <span className="chart-caption">
          {row === undefined ? `${name}, ${spanText}` : formatBucket(row.at, interval, timezone)}
          {isFilling && pointed === series.length - 1 && `, ${words.chart.soFar}`}
        </span>
        {row === undefined && change === null && <span className="chart-caption">{words.chart.noneBefore}</span>}
        {row === undefined && change !== null && change !== undefined && (
          <span className="chart-change" data-up={change >= 0}>
            {words.chart.change(formatChange(change))}
          </span>
        )}
        {then !== undefined && (
          <span className="chart-caption">
            {formatFigure(metric, told(then, metric))} {words.chart.before}
          </span>
        )}
      </p>
      <div className="plot-room">
        <Plot data={data} label={words.chart.picture(name, spanText, total)} onPoint={setPointed} />
        {isEmpty(data) && <p className="plot-note">{words.chart.empty}</p>}
      </div>
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
        const value = nameOf(dimension, view.filters[dimension] ?? null);
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
