import type { Pool } from '../platform/db.ts';
import type { StateOfFrame } from './frame.ts';

interface StateRow {
  stream: string;
  name: string;
  key: string;
  version: number;
  data: string;
}

/** The states of these streams that are newer than the version beside each, as they are in the database now. */
export async function readStates(
  pool: Pool,
  streams: [stream: string, afterVersion: number][],
): Promise<StateOfFrame[]> {
  if (streams.length === 0) return [];
  const { rows } = await pool.query<StateRow>({
    name: 'stream_states',
    text: 'select stream, name, key, version, data::text as data from stream_states($1, $2) order by stream, version',
    values: [streams.map(([stream]) => stream), streams.map(([, version]) => version)],
  });
  const at = new Date().toISOString();
  return rows.map((row) => ({ class: 'state', at, ...row }));
}
