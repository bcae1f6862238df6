import { stringify } from 'csv-stringify/sync';

/** RFC 4180 records; null is an empty field. `texts` says which cells are free text. */
export function csvRecords(rows: (string | null)[][], texts: boolean[]): string {
  const safe = rows.map((row) => row.map((cell, place) => (cell !== null && texts[place] ? defused(cell) : cell)));
  // By itself it quotes CRLF alone.
  return stringify(safe, { record_delimiter: 'windows', quoted_match: /[\r\n]/ });
}

/** Also behind white space and marks that nobody sees, which some programs take off first. */
const formula = /^(?:[\t\r\n]|[\s\u200b-\u200f\u2060]*[=+\-@＝＋－＠﹢﹣﹦﹫])/u;
const number = /^[+-]?\d+(\.\d+)?$/;

/** A spreadsheet shows what begins with an apostrophe as text (OWASP, CSV Injection). */
export const defused = (cell: string): string => (formula.test(cell) && !number.test(cell) ? `'${cell}` : cell);
