import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { makeLiveCampaigns } from './crowd.ts';
import { openConnection } from './keep-alive.ts';
import type { Options } from './options.ts';
import { numberText, type Report, ratios, spreadText } from './report.ts';
import { interleave } from './rounds.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { spreadOf } from './statistics.ts';

const goalRatio = 0.4;
const batchSize = 500;
/** Batches on their way at once. */
const connectionCount = 4;
const campaignCount = 5;
const placements = ['placeholder', 'widget', 'popup', 'insession'];
const devices = ['mobile', 'tablet', 'desktop', 'other'];
const names = {
  http: 'ours, over HTTP',
  sql: 'ours, record_impressions',
  copy: 'COPY, no triggers',
  copy500: 'COPY of 500 a transaction, no triggers',
};

interface Round {
  rows: number;
  rate: number;
}

/**
 * Impressions/s through the batch door: event ids deduplicated, traffic classified, counted in every projection, told
 * live; beside COPY of the same rows into the same table without our triggers (its constraints and indexes stay).
 */
export async function impressions(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  told('impressions: starting the server');
  const url = await stage.database('impressions_ours');
  const server = await startOurs(stage, url);
  const copyUrl = await stage.database('impressions_copy');
  const plain = await startOurs(stage, copyUrl); // migrates it
  await plain.stop();
  await runSql(copyUrl, 'alter table campaign_impressions disable trigger user');
  const campaigns = await makeLiveCampaigns(url, campaignCount);
  const copied = await makeLiveCampaigns(copyUrl, campaignCount);
  const batches = Math.max(20, Math.ceil((options.seconds * 5_000) / batchSize));
  let run = 0;
  const sides = [
    { name: names.http, round: () => sendRound(server.port, campaigns, batches, ++run) },
    { name: names.copy, round: () => copyRound(copyUrl, copied, batches, ++run, false) },
    { name: names.sql, round: () => sqlRound(url, campaigns, batches, ++run) },
    { name: names.copy500, round: () => copyRound(copyUrl, copied, batches, ++run, true) },
  ];
  const results = await interleave<Round>(sides, options.rounds, (name, number, { rate }) =>
    told(`impressions, round ${number}: ${name} ${numberText(rate)}/s`),
  );
  const [row] = await runSql<{ stored: string; counted: string }>(
    url,
    `select (select count(*) from campaign_impressions where campaign_id in (${campaigns})) as stored,
       (select sum(impressions) from campaign_counters where campaign_id in (${campaigns})) as counted`,
  );
  return reportOf(results, Number(row?.stored), Number(row?.counted), options, batches);
}

/** Four viewers in five are new, and the rows differ in what rollups group by. */
function eventsOf(campaigns: number[], run: number, batch: number) {
  return Array.from({ length: batchSize }, (_, n) => ({
    type: 'impression',
    eventId: randomUUID(),
    campaignId: campaigns[(batch + n) % campaigns.length],
    placement: placements[n % 4],
    region: `region ${n % 10}`,
    deviceType: devices[(n >> 2) % 4],
    sessionId: n % 5 === 0 ? `regular ${batch % 50} ${n}` : `viewer ${run} ${batch} ${n}`,
  }));
}

async function sendRound(port: number, campaigns: number[], batches: number, run: number): Promise<Round> {
  const bodies = Array.from({ length: batches }, (_, n) => JSON.stringify({ events: eventsOf(campaigns, run, n) }));
  const requests = bodies.map(
    (body) =>
      `POST /api/v1/impressions HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const connections = await Promise.all(Array.from({ length: connectionCount }, () => openConnection(port)));
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let request = requests.pop(); request; request = requests.pop()) {
        const { status } = await connection.request(request);
        if (status !== 202) throw new Error(`a batch was answered with ${status}`);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of connections) connection.close();
  return { rows: batches * batchSize, rate: (batches * batchSize) / seconds };
}

async function sqlRound(url: string, campaigns: number[], batches: number, run: number): Promise<Round> {
  const payloads = Array.from({ length: batches }, (_, batch) =>
    JSON.stringify(
      eventsOf(campaigns, run, batch).map(
        ({ type, eventId, campaignId, placement, region, deviceType, sessionId }, o) => ({
          ...{ o, type, event: eventId, c: campaignId, placement, region, device: deviceType, session: sessionId },
          ...{ at: new Date().toISOString(), ip: '127.0.0.1' },
        }),
      ),
    ),
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startedAt = performance.now();
  for (const payload of payloads) {
    await client.query({
      name: 'record',
      text: 'select o, status from record_impressions($1::jsonb)',
      values: [payload],
    });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await client.end();
  return { rows: batches * batchSize, rate: (batches * batchSize) / seconds };
}

/** The same rows by COPY FROM STDIN on one connection: all in one transaction, or 500 in each. */
async function copyRound(
  url: string,
  campaigns: number[],
  batches: number,
  run: number,
  apart: boolean,
): Promise<Round> {
  const texts = Array.from({ length: batches }, (_, n) =>
    eventsOf(campaigns, run, n)
      .map(({ campaignId, placement, region, deviceType, sessionId }) =>
        [
          campaignId,
          1,
          't',
          placement,
          region,
          deviceType,
          sessionId,
          '127.0.0.1',
          new Date().toISOString(),
          '\\N',
        ].join('\t'),
      )
      .join('\n')
      .concat('\n'),
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const startedAt = performance.now();
  for (const text of apart ? texts : [texts.join('')]) await copyIn(client, text);
  const seconds = (performance.now() - startedAt) / 1_000;
  await client.end();
  return { rows: batches * batchSize, rate: (batches * batchSize) / seconds };
}

const columns =
  'campaign_id, brand_id, is_unique_impression, placement, region, device_type, session_id, ip_address, created_at, cpi_rate';

/** COPY … FROM STDIN over pg's own connection: a Submittable that answers CopyInResponse with the text. */
function copyIn(client: pg.Client, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const query = {
      submit: (connection: { query(text: string): void }) =>
        connection.query(`copy campaign_impressions (${columns}) from stdin`),
      handleCopyInResponse: (connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) => {
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += 65_536) connection.sendCopyFromChunk(bytes.subarray(at, at + 65_536));
        connection.endCopyFrom();
      },
      handleError: (error: Error) => {
        failure = error;
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => (failure ? reject(failure) : resolve()),
    };
    client.query(query as unknown as pg.Submittable);
  });
}

function reportOf(
  results: Map<string, Round[]>,
  stored: number,
  counted: number,
  { rounds }: Options,
  batches: number,
): Report {
  const rates = (name: string) => (results.get(name) ?? []).map(({ rate }) => rate);
  const table = [['', 'impressions/s', 'of COPY', 'of COPY by 500']];
  for (const name of results.keys()) {
    const against = (base: string) => spreadText(ratios(rates(name), rates(base)), 2);
    table.push([name, spreadText(rates(name)), against(names.copy), against(names.copy500)]);
  }
  const sent = [names.http, names.sql]
    .flatMap((name) => results.get(name) ?? [])
    .reduce((sum, { rows }) => sum + rows, 0);
  const achieved = ratios(rates(names.http), rates(names.copy));
  return {
    title:
      `Impressions in batches of ${batchSize}: ${connectionCount} connections, ${campaignCount} campaigns, ` +
      `${numberText(batches * batchSize)} rows a round; ${rounds} rounds, alternating; median (min–max)`,
    table,
    notes: ['COPY has one connection, the same columns, constraints and indexes, and no trigger of ours'],
    goals: [
      {
        sentence: `over HTTP at least ${goalRatio} of COPY: ${spreadText(achieved, 2)}`,
        met: spreadOf(achieved).median >= goalRatio,
      },
      {
        sentence: `each of ${numberText(sent)} is a row and is counted: ${numberText(stored)}, ${numberText(counted)}`,
        met: stored === sent && counted === sent,
      },
    ],
    rounds: Object.fromEntries(results),
  };
}
