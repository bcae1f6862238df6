import { z } from 'zod';
import { impressionAnswer, impressionBody } from '../../contract/impression.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { onceWithKey } from '../once.ts';
import { answerOf } from '../write-answer.ts';
import { type ImpressionItem, impressionItem } from './item.ts';

/** One impression: 201, or 200 with the same id when its event id is known. */
export const recordImpression = (pool: Pool, writer: BatchWriter<ImpressionItem, WriteAnswer>): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/impressions',
    summary: 'Record one impression',
    access: 'public',
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: impressionBody,
    answers: { 200: impressionAnswer, 201: impressionAnswer },
    handle: (call) =>
      onceWithKey(pool, call.receipt, async () => {
        const event = { ...call.body, campaignId: call.params.id };
        const { status, body } = answerOf(await writer.write(impressionItem(event, call, Date.now())));
        if (!body)
          throw new Refusal('invalid_event', { detail: 'the eventId is that of a click or another later event' });
        return { status, body };
      }),
  });
