import { useState } from 'react';
import type { Stats } from '../lib/advertiser/advertiser-api.ts';
import type { Decimal } from '../lib/decimal.ts';
import { words } from '../words/advertiser.ts';
import { formatBucket, formatFigure } from './format.ts';
import type { ChartMetric } from './view-state.ts';

const always: ChartMetric[] = ['impressions', 'viewable', 'clicks', 'conversions'];

/** The series in words and figures, newest first. */
export function SeriesTable({ answer, metric }: { answer: Stats; metric: ChartMetric }) {
  const { series, interval, timezone } = answer;
  const columns = always.includes(metric) ? always : [metric, ...always];
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="series" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="text-button">{words.chart.table}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={words.chart.title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{words.chart.when}</th>
              {columns.map((column) => (
                <th scope="col" className="figure" key={column}>
                  {words.metrics[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(isOpen ? series.toReversed() : []).map((row) => (
              <tr key={row.at}>
                <th scope="row">{formatBucket(row.at, interval, timezone)}</th>
                {columns.map((column) => (
                  <td className="figure number" key={column}>
                    {formatFigure(column, row[column] as number | Decimal | null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
