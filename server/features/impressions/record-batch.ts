import type { z } from 'zod';
import { problems } from '../../contract/errors.ts';
import {
  type ImpressionBatchAnswer,
  impressionBatchAnswer,
  impressionBatchBody,
  impressionEventSchema,
  MAX_EVENTS,
} from '../../contract/impression.ts';
import { type Call, type Operation, operation } from '../../platform/http/operation.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import type { RecordEvents } from './events.ts';
import { type ImpressionItem, impressionItem } from './item.ts';

/** Up to 500 events, each judged alone: a bad one never rejects its neighbours. */
export const recordBatch = (record: RecordEvents, metrics: Pick<Metrics, 'impressionEvents'>): Operation =>
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
      const parsed = call.body.events.map((event) => impressionEventSchema.safeParse(event));
      const invalid = parsed.filter(({ success }) => !success).length;
      if (invalid > 0) metrics.impressionEvents.inc({ type: 'unknown', outcome: 'invalid_event' }, invalid);
      return record(call.receipt, async (write) => ({ status: 202, body: await answer(write, call, parsed) }));
    },
  });

async function answer(
  write: (items: ImpressionItem[]) => Promise<WriteAnswer[]>,
  call: Call<unknown, unknown, z.infer<typeof impressionBatchBody>>,
  parsed: ReturnType<typeof impressionEventSchema.safeParse>[],
): Promise<ImpressionBatchAnswer> {
  const now = Date.now();
  const items = parsed.flatMap(({ data }) => (data ? [impressionItem(data, call, now)] : []));
  const written = items.length > 0 ? (await write(items)).values() : [].values();
  const body: ImpressionBatchAnswer = { accepted: 0, duplicates: 0, rejected: [] };
  for (const [index, { success }] of parsed.entries()) {
    const outcome = success ? (written.next().value as WriteAnswer).outcome : 'invalid_event';
    if (outcome in problems) body.rejected.push({ index, code: outcome });
    else if (outcome === 'duplicate') body.duplicates++;
    else body.accepted++;
  }
  return body;
}
