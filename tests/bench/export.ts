import fs from 'node:fs';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { makeLiveCampaigns } from './crowd.ts';
import { fillImpressions } from './fill.ts';
import type { Options } from './options.ts';
import { adminHeaders } from './owner.ts';
import { numberText, type Report, spreadText } from './report.ts';
import { startOurs } from './servers.ts';
import { runSql, type Stage } from './stage.ts';
import { quantilesOf, spreadOf } from './statistics.ts';

const probeEveryMs = 5;
const goalMb = 64;
const forms = {
  csv: ['what=impressions&format=csv', 'identity'],
  'csv, gzip': ['what=impressions&format=csv', 'gzip'],
  ndjson: ['what=impressions&format=ndjson', 'identity'],
} as const;

interface Round {
  rowsPerSecond: number;
  /** Of a read of the campaign while the export runs. */
  p99: number;
}

/** All impressions of a campaign over HTTP: how fast, with how much memory, and what another route notices of it. */
export async function exported(stage: Stage, options: Options, told: (line: string) => void): Promise<Report> {
  const url = await stage.database('export');
  await migrateUp(url);
  const [campaignId = 0] = await makeLiveCampaigns(url, 1);
  await fillImpressions({ url, campaignId, count: options.impressions, told });
  await runSql(url, 'vacuum analyze');
  const server = await startOurs(stage, url);
  const headers = await adminHeaders();
  const address = `http://127.0.0.1:${server.port}/api/v1/campaigns/${campaignId}`;
  await probe(address, 1_000);
  const quiet = await probe(address, 3_000);
  const before = residentMb(server.pid);
  const rounds: Record<string, Round[]> = {};
  let complete = true;
  for (const [name, [query, coding]] of Object.entries(forms)) {
    rounds[name] = [];
    for (let number = 1; number <= options.rounds; number++) {
      const other = new AbortController();
      const probing = probe(address, 600_000, other.signal);
      const started = performance.now();
      const rows = await countLines(`${address}/export?${query}`, { ...headers, 'accept-encoding': coding });
      const seconds = (performance.now() - started) / 1_000;
      other.abort();
      complete &&= rows === options.impressions + (query.endsWith('csv') ? 1 : 0);
      const round = { rowsPerSecond: options.impressions / seconds, p99: await probing };
      rounds[name].push(round);
      told(
        `export, ${name}, round ${number}: ${numberText(round.rowsPerSecond)} rows/s, p99 beside it ${numberText(round.p99, 1)} ms`,
      );
    }
  }
  const more = residentMb(server.pid, 'VmHWM') - before;
  await server.stop();
  const all = Object.values(rounds).flat();
  return {
    title: `Export of ${numberText(options.impressions)} impressions over HTTP; ${options.rounds} rounds: median (min–max)`,
    table: [
      ['', 'rows/s', 'p99 of GET /campaigns/:id meanwhile, ms'],
      ...Object.entries(rounds).map(([name, own]) => [
        name,
        spreadText(own.map(({ rowsPerSecond }) => rowsPerSecond)),
        spreadText(
          own.map(({ p99 }) => p99),
          1,
        ),
      ]),
    ],
    notes: [
      `p99 of that route with no export: ${numberText(quiet, 1)} ms; with one ${numberText(spreadOf(all.map(({ p99 }) => p99)).median, 1)} ms.`,
    ],
    goals: [
      { sentence: 'every row came', met: complete },
      {
        sentence: `the server's peak is at most ${goalMb} MB over what it held before: ${numberText(more, 1)} MB`,
        met: more <= goalMb,
      },
    ],
    rounds,
  };
}

/** Reads the campaign again and again; the p99 in ms. */
async function probe(address: string, forMs: number, signal?: AbortSignal): Promise<number> {
  const times: number[] = [];
  for (const end = performance.now() + forMs; performance.now() < end && !signal?.aborted; ) {
    const started = performance.now();
    await (await fetch(address)).arrayBuffer();
    times.push(performance.now() - started);
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
  return quantilesOf(Float64Array.from(times)).p99;
}

async function countLines(address: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(address, { headers });
  const reader = response.body?.getReader();
  for (let lines = 0; ; ) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done) return lines;
    for (let at = value?.indexOf(10) ?? -1; at >= 0; at = value?.indexOf(10, at + 1) ?? -1) lines++;
  }
}

/** Linux alone says it of another process. */
function residentMb(pid: number, field = 'VmRSS'): number {
  const [, kb] = new RegExp(`${field}:\\s+(\\d+) kB`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1_024;
}
