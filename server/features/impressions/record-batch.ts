import type { z } from 'zod';
import { problems } from '../../contract/errors.ts';
import {
  type ImpressionBatchAnswer,
  impressionBatchAnswer,
  impressionBatchBody,
  impressionEventSchema,
  MAX_EVENTS,
} from '../../contract/impression.ts';
import type { Pool } from '../../platform/db.ts';
import { type Call, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { onceWithKey } from '../once.ts';
import { type ImpressionItem, impressionItem } from './item.ts';

/** Up to 500 events, each judged alone: a bad one never rejects its neighbours. */
export const recordBatch = (pool: Pool, writer: BatchWriter<ImpressionItem, WriteAnswer>): Operation =>
  operation({
    method: 'post',
    path: '/impressions',
    summary: 'Record a batch of impression events',
    access: 'public',
    body: impressionBatchBody,
    lenientBody: true,
    answers: { 202: impressionBatchAnswer },
    handle: (call) => {
      if (call.body.events.length > MAX_EVENTS) throw new Refusal('too_many_events');
      return onceWithKey(pool, call.receipt, async () => ({ status: 202, body: await record(writer, call) }));
    },
  });

async function record(
  writer: BatchWriter<ImpressionItem, WriteAnswer>,
  call: Call<unknown, unknown, z.infer<typeof impressionBatchBody>>,
): Promise<ImpressionBatchAnswer> {
  const now = Date.now();
  const answer: ImpressionBatchAnswer = { accepted: 0, duplicates: 0, rejected: [] };
  const written = call.body.events.map(async (event, index) => {
    const parsed = impressionEventSchema.safeParse(event);
    if (!parsed.success) return { index, outcome: 'invalid_event' };
    const { outcome } = await writer.write(impressionItem(parsed.data, call, now));
    return { index, outcome };
  });
  for (const { index, outcome } of await Promise.all(written)) {
    if (outcome in problems) answer.rejected.push({ index, code: outcome });
    else if (outcome === 'duplicate') answer.duplicates++;
    else answer.accepted++;
  }
  return answer;
}
