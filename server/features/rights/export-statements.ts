import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { type Statement, statementFields } from '../../contract/statement.ts';
import type { Pool } from '../../platform/db.ts';
import type { Answer } from '../../platform/http/operation.ts';

const pageRows = 500;
const types = { ndjson: 'application/x-ndjson; charset=utf-8', csv: 'text/csv; charset=utf-8; header=present' };
/** A client that takes nothing for so long is left. */
const idleMs = 30_000;

/**
 * All statements there are when it begins, a page at a time: a page is read when the one before was taken, no connection is
 * held in between, and none of them ever changes. In CSV lists are JSON, as in the database's own archives.
 */
export function exportStatements(pool: Pool, format: 'ndjson' | 'csv'): Answer {
  return {
    status: 200,
    body: null,
    stream: async (_request, response) => {
      const pages = pagesOf(pool);
      const first = await pages.next(); // What fails here is still a problem+json.
      response.writeHead(200, {
        'Content-Type': types[format],
        'Content-Disposition': `attachment; filename="statements.${format}"`,
        'Cache-Control': 'no-store',
      });
      response.setTimeout(idleMs, () => response.destroy());
      await pipeline(Readable.from(linesOf(first, pages, format)), response).catch(() => response.destroy());
    },
  };
}

async function* pagesOf(pool: Pool): AsyncGenerator<Statement[], undefined> {
  const { rows } = await pool.query<{ last: number }>('select coalesce(max(id), 0) as last from moderation_statement');
  const last = rows[0]?.last ?? 0;
  for (let after = 0; after < last; ) {
    const page = await pool.query<{ id: number; document: Statement }>({
      name: 'statements_page',
      text: 'select id, document from moderation_statement where id > $1 and id <= $2 order by id limit $3',
      values: [after, last, pageRows],
    });
    after = page.rows.at(-1)?.id ?? last;
    yield page.rows.map(({ document }) => document);
  }
}

async function* linesOf(
  first: IteratorResult<Statement[], undefined>,
  rest: AsyncIterable<Statement[]>,
  format: 'ndjson' | 'csv',
): AsyncGenerator<string> {
  const written = format === 'csv' ? csvOf : ndjsonOf;
  if (format === 'csv') yield stringify([statementFields], { record_delimiter: 'windows' });
  if (first.value) yield written(first.value);
  for await (const page of rest) yield written(page);
}

const ndjsonOf = (page: Statement[]) => page.map((statement) => `${JSON.stringify(statement)}\n`).join('');

const csvOf = (page: Statement[]) =>
  stringify(
    page.map((statement) => statementFields.map((field) => cellOf(statement[field]))),
    { record_delimiter: 'windows', quoted_match: /[\r\n]/, escape_formulas: true },
  );

const cellOf = (value: Statement[keyof Statement]) => (Array.isArray(value) ? JSON.stringify(value) : value);
