import { token } from '../support/app.ts';

/** The rows of RFC 4180 text, read by the book; throws where it is none. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (!match) throw new Error(`no field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** As objects by the header. */
export function readRecords(text: string): Record<string, string>[] {
  const [header = [], ...rows] = readCsv(text);
  return rows.map((row) => Object.fromEntries(header.map((name, place) => [name, row[place] ?? ''])));
}

/** The export as its owner, advertiser 5, gets it. */
export async function exported(url: string, campaignId: number, query: string, init: RequestInit = {}) {
  const bearer = await token(900_005, { roles: ['advertiser'], advertiser_id: 5 });
  return fetch(`${url}/api/v1/campaigns/${campaignId}/export?${query}`, {
    ...init,
    headers: { authorization: `Bearer ${bearer}`, 'accept-encoding': 'identity', ...init.headers },
  });
}
