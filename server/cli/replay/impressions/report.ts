import path from 'node:path';
import type { ImpressionReplay } from './run.ts';

/** The result as a table for people. */
export function impressionReportText(result: ImpressionReplay): string {
  const { cells, campaigns, server } = result;
  const number = (value: number) => value.toLocaleString('en');
  const pair = (count: { impressions: number; clicks: number } | null) =>
    count === null ? '–' : `${number(count.impressions)} / ${number(count.clicks)}`;
  const table = [
    ['campaign, position', 'file', 'rows', 'rollup', 'statistics'],
    ...cells.map(({ cell, file, rows, rollup, statistics }) => [cell, ...[file, rows, rollup, statistics].map(pair)]),
  ];
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ');
  return [
    `${path.basename(result.file)} (impressions), ${campaigns.length} campaigns, ${server.own ? 'a server of its own' : server.url}`,
    '  impressions / clicks; the recording knows no viewers, so each row is one of its own',
    '',
    ...table.map(line),
    '',
    `${number(result.impressions)} impressions and ${number(result.clicks)} clicks in ${result.seconds.toFixed(2)} s, ` +
      `${number(Math.round(result.events / result.seconds))} events/s`,
    `${number(result.requests)} requests answered, ${result.cut} cut off before the answer, ${result.retries} tried again`,
    `${number(result.accepted)} answers accepted, ${number(result.duplicates)} duplicate, ${result.rejected} rejected`,
    ...result.differences.map((difference) => `  ${difference}`),
    result.ok ? 'equal' : 'NOT EQUAL',
  ].join('\n');
}
