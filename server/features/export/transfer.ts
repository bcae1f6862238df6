import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type pg from 'pg';
import { fixSnapshot } from '../../audit/snapshot.ts';
import type { ExportQuery } from '../../contract/export.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
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
}

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
  const client = await means.exportPool.connect();
  client.on('error', ignored);
  let whole = false;
  const cut = () => {
    if (!whole && !response.writableFinished) void client.end().catch(ignored);
  };
  response.once('close', cut);
  try {
    if (response.destroyed) return;
    await begin(client);
    const source = await sourceOf(client, campaignId, query);
    const lines = linesOf(client, source, query.format);
    const head = await firstChunks(lines, query.format);
    announce(response, campaignId, query, acceptsGzip(request));
    await send(means, client, { request, response }, chained(head, lines));
    await client.query('commit');
    whole = true;
  } catch (error) {
    // Nobody is there to be told.
    if (!response.destroyed) throw error;
  } finally {
    response.off('close', cut);
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

async function* chained(head: string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* head;
  yield* rest;
}

async function send(
  { pool, idleMs, log }: TransferMeans,
  client: pg.PoolClient,
  { request, response }: Pick<Transfer, 'request' | 'response'>,
  lines: AsyncGenerator<string>,
): Promise<void> {
  const pid = (client as pg.PoolClient & { processID: number }).processID;
  const end = (why: Ending) => {
    log.warn({ why }, 'an export was ended');
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
