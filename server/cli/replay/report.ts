import path from 'node:path';
import type { Latency } from './latency.ts';
import { type ReplayResult, shownDifferences, type Verdict } from './result.ts';

/** The result as a table for people. Every figure says what it measures. */
export function reportText(result: ReplayResult): string {
  const { file, format, campaigns, server, votes } = result;
  const head = `${path.basename(file)} (${format}), ${plural(campaigns.length, 'campaign')}, ${server.own ? 'a server of its own' : server.url}`;
  const rows: [string, string, string?][] = [
    ['posts', count(result.posts), `${count(result.posts - result.replies)} top-level`],
    ['replies', count(result.replies)],
    ['likes', count(result.likes)],
    ['seconds', result.seconds.toFixed(2), 'first request to last answer, 64 in flight'],
    ['writes/s', count(Math.round(result.writesPerSecond)), 'acknowledged posts and likes through HTTP'],
    [
      'delivery p50/p99',
      spread(result.delivery),
      `event logged in its transaction → at a watcher${samples(result.delivery)}`,
    ],
    [
      'after answer p50/p99',
      spread(result.afterAnswer),
      'HTTP answer at its writer → event at a watcher; negative: screen first',
    ],
    ['caught up', milliseconds(result.caughtUpMs), 'last answer → every watcher at every head'],
    ['gaps', count(result.gaps), 'missing seq, over all watchers'],
    ['duplicates', count(result.duplicates), 'seq that came twice'],
    ['resubscribes', count(result.resubscribes), `of them ${count(result.resets)} answered with reset`],
    ['retries', count(result.retries), 'requests sent again after 429, 503 or a broken connection'],
  ];
  const lines = [head, ...result.notes.map((note) => `  ${note}`), '', ...table(rows), ''];
  lines.push(...result.verdicts.flatMap(verdictLines));
  if (votes) lines.push(...votesLines(votes));
  lines.push(...listed('refused', result.refused.count, result.refused.first));
  return [...lines, result.ok ? 'equal' : 'NOT EQUAL'].join('\n');
}

const count = (value: number) => value.toLocaleString('en');
const plural = (amount: number, noun: string) => `${count(amount)} ${noun}${amount === 1 ? '' : 's'}`;
const milliseconds = (value: number | null) => (value === null ? 'never' : `${value.toFixed(1)} ms`);
const spread = ({ p50, p99 }: Latency) => (p50 === null ? 'none' : `${milliseconds(p50)} / ${milliseconds(p99)}`);
const samples = (latency: Latency) => ` (${count(latency.samples)} samples)`;

function table(rows: [string, string, string?][]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([name, value, meaning = '']) =>
    `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${meaning}`.trimEnd(),
  );
}

function verdictLines(verdict: Verdict): string[] {
  const what = `${verdict.of} and ${verdict.with.join(', ')}`;
  if (verdict.count === 0) return [`${what}: equal (${count(verdict.documents)} comments and campaigns)`];
  return listed(`${what}: differences`, verdict.count, verdict.differences);
}

function votesLines(votes: NonNullable<ReplayResult['votes']>): string[] {
  return [
    `likes in the database = up votes: ${count(votes.likesEqualUps)} of ${count(votes.posts)} posts`,
    `up − down votes = score in the file: ${count(votes.upMinusDownIsScore)} of ${count(votes.scored)} questions and answers`,
    ...listed('votes that differ', votes.differences.length, votes.differences.slice(0, shownDifferences)),
  ];
}

/** A heading with the first of many lines below it; nothing when there is none. */
function listed(heading: string, total: number, first: string[]): string[] {
  if (total === 0) return [];
  const rest = total > first.length ? [`  … and ${count(total - first.length)} more`] : [];
  return [`${heading}: ${count(total)}`, ...first.map((line) => `  ${line}`), ...rest];
}
