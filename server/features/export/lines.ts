import type pg from 'pg';
import QueryStream from 'pg-query-stream';
import type { ExportQuery } from '../../contract/export.ts';
import { csvRecords } from './csv.ts';
import type { Source } from './source.ts';

/** Rows a chunk: some 50 kB, and a millisecond or two between two turns of the event loop. */
const chunkRows = 200;

const booleanOid = 16;
/** PostgreSQL's own text is what is told, so that no number is rounded; only its booleans have words. */
const types = { getTypeParser: (oid: number) => (oid === booleanOid ? wordOf : same) };

/** The export as text, a chunk at a time; a chunk is read when the one before was taken. `onRows`: how many are in it. */
export async function* linesOf(
  client: pg.PoolClient,
  source: Source,
  format: ExportQuery['format'],
  onRows: (count: number) => void,
): AsyncGenerator<string> {
  const rows = client.query(
    new RowStream(source.text, source.values, {
      rowMode: 'array',
      batchSize: chunkRows,
      types,
    }),
  );
  if (format === 'csv') yield csvRecords([source.columns], []);
  let chunk: (string | null)[][] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    onRows(chunk.length);
    yield written(chunk, source, format);
    chunk = [];
  }
  onRows(chunk.length);
  if (chunk.length > 0) yield written(chunk, source, format);
}

/**
 * What fails ends at once. The package would first close its portal, and wait for an answer that a connection which broke
 * never gives: whoever awaits the next row would wait for ever. The connection of a failed export is thrown away anyhow.
 */
class RowStream extends QueryStream {
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (error) done(error);
    else super._destroy(error as unknown as Error, done);
  }
}

const same = (value: string) => value;
const wordOf = (value: string) => (value === 't' ? 'true' : 'false');

const written = (rows: (string | null)[][], { texts }: Source, format: ExportQuery['format']): string =>
  format === 'csv' ? csvRecords(rows, texts) : `${rows.map(([line]) => line).join('\n')}\n`;
