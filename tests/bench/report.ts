import { spreadOf } from './statistics.ts';

export interface Goal {
  /** What has to be so, with the figure that says whether it is. */
  sentence: string;
  met: boolean;
}

export interface Report {
  title: string;
  table: string[][];
  notes: string[];
  goals: Goal[];
  /** Every round of every side, for --json. */
  rounds: Record<string, unknown[]>;
}

/** `1,234 (1,200–1,300)`: the median of the rounds and how far they spread. */
export function spreadText(values: number[], digits = 0): string {
  const { median, min, max } = spreadOf(values);
  return `${numberText(median, digits)} (${numberText(min, digits)}–${numberText(max, digits)})`;
}

export function medianText(values: number[], digits = 0): string {
  return numberText(spreadOf(values).median, digits);
}

/** Round by round against the baseline's neighbouring round, so that a machine that is slower for a while is in both. */
export function ratios(values: number[], baseline: number[]): number[] {
  return values.map((value, round) => value / (baseline[round] ?? Number.NaN));
}

/** Says so when somebody else used the processors: the figures are then of a smaller machine. */
export function companyNote(others: number[]): string[] {
  const most = Math.max(...others);
  return most > 0.3
    ? [`The machine was not ours alone: others took up to ${numberText(most, 2)} cores in a round.`]
    : [];
}

export function numberText(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function reportText({ title, table, notes, goals }: Report): string {
  const verdicts = goals.map(({ met, sentence }) => `${met ? 'met   ' : 'MISSED'}  ${sentence}`);
  return ['', title, '', ...tableLines(table), '', ...notes, ...verdicts, ''].join('\n');
}

function tableLines(table: string[][]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)));
  const [head = [], ...body] = table;
  const rule = widths.map((width) => '─'.repeat(width));
  return [line(head), rule, ...body.map(line)].map((cells) => `  ${cells.join('  ')}`);
}
