import type { Pool } from '../platform/db.ts';

export interface OpenedStream {
  epoch: string;
  head: number;
  version: number;
  mode: 'live' | 'replayed' | 'reset';
  /** Complete frames as JSON text, in order. */
  events: string[];
  states: string[];
}

/** What a subscriber at this position gets, read in one snapshot; undefined when there is no such stream. */
export async function openStream(
  pool: Pool,
  stream: string,
  epoch: string | undefined,
  seq: number | undefined,
): Promise<OpenedStream | undefined> {
  const { rows } = await pool.query<OpenedStream>({
    name: 'open_stream',
    text: 'select epoch, head, version, mode, events, states from open_stream($1, $2, $3)',
    values: [stream, epoch ?? null, seq ?? null],
  });
  return rows[0];
}
