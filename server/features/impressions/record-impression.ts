import { z } from 'zod';
import { impressionAnswer, impressionBody } from '../../contract/impression.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { answerOf } from '../write-answer.ts';
import { type ImpressionItem, impressionItem } from './item.ts';

/** One impression: 201, or 200 with the same id when its event id is known. */
export const recordImpression = (writer: BatchWriter<ImpressionItem, WriteAnswer>): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/impressions',
    summary: 'Record one impression',
    access: 'public',
    params: z.object({ id: idParamSchema }),
    body: impressionBody,
    answers: { 200: impressionAnswer, 201: impressionAnswer },
    handle: async (call) => {
      const event = { ...call.body, campaignId: call.params.id };
      const { headers: _, ...answer } = answerOf(await writer.write(impressionItem(event, call, Date.now())));
      return answer;
    },
  });
