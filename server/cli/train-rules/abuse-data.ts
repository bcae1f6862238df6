import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface JudgedTweet {
  text: string;
  /** The annotators' majority. */
  label: 'hate' | 'offensive' | 'neither';
}

const labels = ['hate', 'offensive', 'neither'] as const;

/** Davidson et al., "Automated hate speech detection and the problem of offensive language", ICWSM 2017. */
export function readAbuse(folder: string): JudgedTweet[] {
  const [, ...rows] = csvRows(readFileSync(path.join(folder, 'abuse', 'labeled_data.csv'), 'utf8'));
  return rows.flatMap((row) => {
    const label = labels[Number(row[5])];
    const text = row[6];
    return label && text ? [{ text, label }] : [];
  });
}

/** RFC 4180: fields may be quoted, and hold line breaks and doubled quotes then. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
  }
  return rows;
}
