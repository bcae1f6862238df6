import { readFile } from 'node:fs/promises';
import { CommandFailed } from '../../failure.ts';

/** One impression of the recording. */
export interface RecordedImpression {
  campaign: string;
  /** 1 to 3: where on the page it stood. */
  position: number;
  clicked: boolean;
  /** As the file writes it. */
  at: string;
  atMs: number;
}

/** Whether a first line is the header of recorded impressions. */
export const isImpressionsHeader = (line: string): boolean =>
  ['timestamp', 'campaign', 'position', 'click'].every((name) => line.trim().split(',').includes(name));

/** The rows of a comma-separated file in their order. Fields hold no commas and no quotes; whatever else is refused by its line. */
export async function readImpressions(file: string, limit = Number.POSITIVE_INFINITY): Promise<RecordedImpression[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/);
  const header = lines[0]?.split(',') ?? [];
  const column = (name: string) => header.indexOf(name);
  const [at, campaign, position, click] = ['timestamp', 'campaign', 'position', 'click'].map(column) as number[];
  const rows: RecordedImpression[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '' || rows.length >= limit) continue;
    const fields = line.split(',');
    const field = (place: number | undefined) => fields[place ?? -1] ?? '';
    const text = field(at);
    const row = {
      campaign: field(campaign),
      position: Number(field(position)),
      clicked: field(click) === '1',
      at: isoOf(text),
      atMs: Date.parse(isoOf(text)),
    };
    const whole = fields.length === header.length && !line.includes('"') && /^[01]$/.test(field(click));
    if (!whole || row.campaign === '' || ![1, 2, 3].includes(row.position) || Number.isNaN(row.atMs)) {
      throw new CommandFailed(`${file}, line ${index + 1}, is no impression of this format.`);
    }
    rows.push(row);
  }
  if (rows.length === 0) throw new CommandFailed(`${file} holds no impressions.`);
  return rows;
}

/** `2019-11-24 00:03:13.442536+00:00` as ISO 8601. */
const isoOf = (text: string) => text.replace(' ', 'T');
