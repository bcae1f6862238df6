import type { Pool } from '../platform/db.ts';

export interface OpenedStream {
  epoch: string;
  head: number;
  version: number;
  /** `large`: there is more than `most` to be sent, and nothing of it was read. */
  mode: 'live' | 'replayed' | 'reset' | 'large';
  eventCount: number;
  /** JSON text of complete frames, in order and with commas between them: nobody here has to read it. */
  events: string;
  states: string;
}

interface Position {
  stream: string;
  epoch?: string | undefined;
  seq?: number | undefined;
}

/**
 * What a subscriber at this position gets, read in one snapshot; undefined when there is no such stream. Null: however
 * much it is.
 */
export async function openStream(
  pool: Pool,
  { stream, epoch, seq }: Position,
  most: number | null,
): Promise<OpenedStream | undefined> {
  const { rows } = await pool.query<OpenedStream>({
    name: 'open_stream',
    text: `select epoch, head, version, mode, cardinality(events) as "eventCount",
             array_to_string(events, ',') as events, array_to_string(states, ',') as states
           from open_stream($1, $2, $3, $4)`,
    values: [stream, epoch ?? null, seq ?? null, most],
  });
  return rows[0];
}
