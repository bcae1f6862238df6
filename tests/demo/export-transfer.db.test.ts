/** Exports over a connection that breaks: a way to the server which is cut after so many bytes. */
import net from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import {
  type ExportProgress,
  type ExportRequest,
  ExportTransfer,
} from '../../client-demo/lib/advertiser/export-transfer.ts';
import type { TestApp } from '../support/app.ts';
import { endWithFile } from '../support/ending.ts';
import { ownerToken } from './advertiser-page.ts';
import { startSeeded } from './demo-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startSeeded();
});

/** Each connection in turn is cut after so many bytes of answer; those after the last one are not. */
async function breakingWay(cuts: number[]): Promise<string> {
  const { hostname, port } = new URL(app.url);
  const server = net.createServer((client) => {
    const behind = net.connect(Number(port), hostname);
    let left = cuts.shift() ?? Number.POSITIVE_INFINITY;
    const end = () => [client, behind].map((socket) => socket.destroy());
    client
      .on('data', (bytes) => behind.write(bytes))
      .on('close', end)
      .on('error', end);
    behind.on('close', end).on('error', end);
    behind.on('data', (bytes) => {
      client.write(bytes.subarray(0, left));
      left -= bytes.length;
      if (left <= 0) client.end(end);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endWithFile({ stop: () => server.close() });
  return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

const credentials = { token: ownerToken, renew: async () => null };
const soon = {
  now: () => 0,
  random: () => 0,
  after: (_ms: number, act: () => void) => clearTimeout.bind(null, setTimeout(act)),
};
const transferOver = async (cuts: number[], request: Partial<ExportRequest> = {}) =>
  new ExportTransfer(
    { campaignId: 1, what: 'impressions', format: 'csv', ...request },
    { credentials, base: await breakingWay(cuts), clock: soon },
  );
async function taken(transfer: ExportTransfer, signal = new AbortController().signal) {
  const told: ExportProgress[] = [];
  const blob = await transfer.take({ signal, onProgress: (progress) => told.push(progress) });
  return { text: await blob.text(), last: told.at(-1), waited: told.filter(({ isWaiting }) => isWaiting).length };
}

it.each(['csv', 'ndjson'] as const)(
  'an export as %s that breaks off twice is the same, byte for byte',
  async (format) => {
    const whole = await taken(await transferOver([], { format }));
    const parts = await taken(await transferOver([30_000, 40_000], { format }));
    expect(parts.text === whole.text).toBe(true);
    expect(parts).toMatchObject({ waited: 2, last: { resumed: 2, rows: 4_400, bytes: Buffer.byteLength(whole.text) } });
  },
);

it('an export without ids begins anew, and is the same too', async () => {
  const whole = await taken(await transferOver([], { what: 'stats' }));
  const parts = await taken(await transferOver([20_000], { what: 'stats' }));
  expect(parts.text === whole.text).toBe(true);
  expect(parts.last?.resumed).toBe(0);
});

it('what was given up goes on where it was when it is asked for again', async () => {
  const transfer = await transferOver([30_000, ...Array(8).fill(1)]);
  await expect(taken(transfer)).rejects.toThrow('The export got no answer');
  const { text, last } = await taken(transfer);
  expect(last).toMatchObject({ resumed: 1, rows: 4_400 });
  const ids = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Number(line.split(',')[0]));
  expect(new Set(ids).size).toBe(4_400);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
});

it('a refusal is told and not repeated', async () => {
  const transfer = await transferOver([], { campaignId: 999 });
  await expect(taken(transfer)).rejects.toMatchObject({ problem: { status: 404 } });
});

it('what is cancelled while it waits ends', async () => {
  const control = new AbortController();
  const transfer = await transferOver(Array(20).fill(1));
  const ending = transfer.take({ signal: control.signal, onProgress: ({ isWaiting }) => isWaiting && control.abort() });
  await expect(ending).rejects.toThrow();
});
