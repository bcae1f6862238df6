import { createBatchWriter } from '../../writing/batch-writer.ts';
import { sendBatchTo, type WriteAnswer } from '../../writing/sql-batch.ts';
import type { Feature, Services } from '../feature.ts';
import { recordEvents, writeFunction } from './events.ts';
import type { ImpressionItem } from './item.ts';
import { recordBatch } from './record-batch.ts';
import { recordImpression } from './record-impression.ts';
import { sweepWaitingRoom } from './waiting-room.ts';

/** Impressions and what follows from them: viewable, click, conversion. */
export function impressions({ writePool, actPool, log, metrics, maxQueue }: Services): Feature {
  const writer = createBatchWriter<ImpressionItem, WriteAnswer>({
    name: 'impressions',
    send: sendBatchTo(writePool, writeFunction),
    groupOf: ({ c, of }) => (c === undefined ? `impression ${of}` : `campaign ${c}`),
    keysOf: () => [],
    maxQueue,
    log,
    metrics,
  });
  const record = recordEvents(actPool, writer, metrics);
  const sweeping = sweepWaitingRoom(actPool, log);
  const stop = async () => {
    await sweeping.stop();
    await writer.stop();
  };
  return { operations: [recordImpression(record), recordBatch(record, metrics)], stop };
}
