import type { Pool } from '../../platform/db.ts';
import type { Answer } from '../../platform/http/operation.ts';
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
 */
export const recordEvents =
  (actPool: Pool, writer: BatchWriter<ImpressionItem, WriteAnswer>): RecordEvents =>
  (receipt, answer) =>
    receipt
      ? once(actPool, receipt, (client) => answer(sendBatchTo(client, writeFunction)))
      : answer((items) => Promise.all(items.map((item) => writer.write(item))));
