import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type pg from 'pg';
import { fixSnapshot } from '../../audit/snapshot.ts';
import type { ExportQuery } from '../../contract/export.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { linesOf } from './lines.ts';
import { sourceOf } from './source.ts';
import { type Ending, watch } from './watch.ts';

export interface Transfer {
  campaignId: number;
  query: ExportQuery;
  request: IncomingMessage;
  response: ServerResponse;
}

export interface TransferMeans {
  exportPool: Pool;
  /** For looking whether somebody waits. */
  pool: Pool;
  idleMs: number;
  log: Log;
  metrics: Metrics;
}

/** How an export ended, as the metric says it. */
const outcomes: Record<Ending, string> = {
  'the client takes nothing': 'client_idle',
  'it took too long': 'too_long',
  'somebody waits for its tables': 'waited_for',
};

/**
 * One snapshot, read through a portal as fast as the client takes it: what waits is a chunk of rows, a buffer of zlib and
 * one of the socket. The answer begins when the first rows are there, so that what fails before is still a problem+json.
 * Where the client goes, or the watch ends it, the connection is cut whatever it is doing, and PostgreSQL, which looks for
 * its client each second, ends the query.
 */
export async function transfer(
  means: TransferMeans,
  { campaignId, query, request, response }: Transfer,
): Promise<void> {
  const { metrics } = means;
  const { what, format } = query;
  const client = await means.exportPool.connect();
  client.on('error', ignored);
  let whole = false;
  let ending: Ending | undefined;
  const cut = () => {
    if (!whole && !response.writableFinished) void client.end().catch(ignored);
  };
  response.once('close', cut);
  try {
    if (response.destroyed) return;
    await begin(client);
    const source = await sourceOf(client, campaignId, query);
    const lines = linesOf(client, source, format, (rows) => metrics.exportRows.inc({ what, format }, rows));
    const head = await firstChunks(lines, format);
    announce(response, campaignId, query, acceptsGzip(request));
    const taken = (bytes: number) => metrics.exportBytes.inc({ what, format }, bytes);
    const end = (why: Ending) => {
      ending ??= why;
    };
    await send(means, client, { request, response }, { lines: chained(head, lines, taken), end });
    await client.query('commit');
    whole = true;
  } catch (error) {
    // Nobody is there to be told.
    if (!response.destroyed) throw error;
  } finally {
    response.off('close', cut);
    metrics.exportsEnded.inc({ outcome: whole ? 'whole' : outcomeOf(ending, response) });
    client.release(!whole);
    if (whole) client.off('error', ignored);
  }
}

/** The query under way rejects with the same. */
const ignored = () => {};

async function begin(client: pg.PoolClient): Promise<void> {
  await client.query('begin');
  await fixSnapshot(client);
  await client.query(`set local client_connection_check_interval = '1s'`);
}

/** The header alone proves nothing: the first rows do. */
async function firstChunks(lines: AsyncGenerator<string>, format: ExportQuery['format']): Promise<string[]> {
  const head: string[] = [];
  for (let n = format === 'csv' ? 2 : 1; n > 0; n--) {
    const { value, done } = await lines.next();
    if (done) break;
    head.push(value);
  }
  return head;
}

/** A chunk that is asked for says that the one before was taken. */
async function* chained(
  head: string[],
  rest: AsyncGenerator<string>,
  taken: (bytes: number) => void,
): AsyncGenerator<string> {
  for (const chunk of head) {
    yield chunk;
    taken(Buffer.byteLength(chunk));
  }
  for await (const chunk of rest) {
    yield chunk;
    taken(Buffer.byteLength(chunk));
  }
}

/** An answer that is destroyed, and not by us, was left by its client. */
const outcomeOf = (ending: Ending | undefined, response: ServerResponse) =>
  ending ? outcomes[ending] : response.destroyed ? 'client_gone' : 'failed';

async function send(
  { pool, idleMs, log }: TransferMeans,
  client: pg.PoolClient,
  { request, response }: Pick<Transfer, 'request' | 'response'>,
  { lines, end: ended }: { lines: AsyncGenerator<string>; end: (why: Ending) => void },
): Promise<void> {
  const pid = (client as pg.PoolClient & { processID: number }).processID;
  const end = (why: Ending) => {
    log.warn({ why }, 'an export was ended');
    ended(why);
    response.destroy();
  };
  const stop = watch({ response, pid, pool, idleMs, end });
  try {
    // Flushed at each chunk, so that rows arrive when they are read.
    if (acceptsGzip(request)) {
      await pipeline(lines, createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH }), response);
    } else await pipeline(lines, response);
  } finally {
    stop();
  }
}

function announce(response: ServerResponse, campaignId: number, { what, format }: ExportQuery, gzip: boolean): void {
  response.statusCode = 200;
  response.setHeader(
    'Content-Type',
    format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/x-ndjson; charset=utf-8',
  );
  response.setHeader('Content-Disposition', `attachment; filename="campaign-${campaignId}-${what}.${format}"`);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Vary', 'Accept-Encoding');
  if (gzip) response.setHeader('Content-Encoding', 'gzip');
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  const accepted = String(headers['accept-encoding'] ?? '').split(',');
  return accepted.some((coding) => /^\s*gzip\s*(;\s*q\s*=\s*(0?\.0*[1-9]\d*|1(\.0*)?)\s*)?$/i.test(coding));
}
