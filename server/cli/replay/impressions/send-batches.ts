import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { impressionBatchAnswer } from '../../../contract/impression.ts';
import { CommandFailed } from '../../failure.ts';
import { type Api, refusalOf } from '../api.ts';
import type { BatchPlan, PlannedBatch } from './make-batches.ts';

export interface SentBatches {
  accepted: number;
  duplicates: number;
  rejected: number;
  requests: number;
  cut: number;
}

const inFlight = 4;
const cutWithinMs = 2_000;

/** Sends every batch, four at a time, in their order of time; `speed` times as fast as they were recorded. */
export async function sendBatches(api: Api, { batches }: BatchPlan, speed: number, sent: SentBatches): Promise<void> {
  const startedAt = performance.now();
  const firstMs = batches[0]?.atMs ?? 0;
  const left = [...batches].reverse();
  const work = async () => {
    for (let batch = left.pop(); batch; batch = left.pop()) {
      const dueMs = startedAt + (batch.atMs - firstMs) / speed;
      if (dueMs > performance.now()) await delay(dueMs - performance.now());
      await sendBatch(api, batch, sent);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
}

async function sendBatch(api: Api, { events, again, cut }: PlannedBatch, sent: SentBatches): Promise<void> {
  if (cut) {
    await sendAndHangUp(new URL('/api/v1/impressions', api.url), JSON.stringify({ events }));
    sent.cut++;
  }
  for (let time = 0; time < (again ? 2 : 1); time++) {
    const answer = await api.call('POST', '/api/v1/impressions', { body: { events } });
    if (answer.status !== 202)
      throw new CommandFailed(`POST /impressions of ${api.url} answered ${refusalOf(answer)}.`);
    const { accepted, duplicates, rejected } = impressionBatchAnswer.parse(answer.body);
    sent.accepted += accepted;
    sent.duplicates += duplicates;
    sent.rejected += rejected.length;
    sent.requests++;
  }
}

/** The whole request, and nobody there for the answer: it may be written or not. */
function sendAndHangUp(url: URL, body: string): Promise<void> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const request = (url.protocol === 'https:' ? https : http).request(url, { method: 'POST', headers, agent: false });
    const end = () => {
      clearTimeout(timer);
      request.destroy();
      resolve();
    };
    const timer = setTimeout(end, cutWithinMs);
    request.on('error', end);
    request.end(body, () => setImmediate(end));
  });
}
