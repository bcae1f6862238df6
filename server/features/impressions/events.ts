import type { Pool } from '../../platform/db.ts';
import type { Answer } from '../../platform/http/operation.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Receipt } from '../../platform/receipt.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import { sendBatchTo, type WriteAnswer } from '../../writing/sql-batch.ts';
import { once } from '../once.ts';
import type { ImpressionItem } from './item.ts';

export const writeFunction = 'record_impressions';

type Write = (items: ImpressionItem[]) => Promise<WriteAnswer[]>;

/** Records the events of one request: `answer` gets a way to write them, and its answer is kept under the key, if any. */
export type RecordEvents = (receipt: Receipt | null, answer: (write: Write) => Promise<Answer>) => Promise<Answer>;

/**
 * Event ids make a repetition harmless, so without a key the events go with everybody's in the next group commit. With a
 * key they and their answer are one transaction: the same key then gets the same answer, whatever breaks in between.
 * What was committed is counted by its outcome; what no schema took never comes here.
 */
export const recordEvents =
  (
    actPool: Pool,
    writer: BatchWriter<ImpressionItem, WriteAnswer>,
    metrics: Pick<Metrics, 'impressionEvents'>,
  ): RecordEvents =>
  async (receipt, answer) => {
    const counts = new Map<string, { type: ImpressionItem['type']; outcome: string; events: number }>();
    const noted =
      (write: Write): Write =>
      async (items) => {
        counts.clear(); // a transaction that is tried again counts once
        const answers = await write(items);
        for (const [place, { type }] of items.entries()) {
          const outcome = answers[place]?.outcome ?? 'unknown';
          const count = counts.get(`${type} ${outcome}`) ?? { type, outcome, events: 0 };
          counts.set(`${type} ${outcome}`, { ...count, events: count.events + 1 });
        }
        return answers;
      };
    const answered = await (receipt
      ? once(actPool, receipt, (client) => answer(noted(sendBatchTo(client, writeFunction))))
      : answer(noted((items) => Promise.all(items.map((item) => writer.write(item))))));
    for (const { type, outcome, events } of counts.values()) metrics.impressionEvents.inc({ type, outcome }, events);
    return answered;
  };
