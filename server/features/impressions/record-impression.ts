import { z } from 'zod';
import { impressionAnswer, impressionBody } from '../../contract/impression.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import { type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { answerOf } from '../write-answer.ts';
import type { RecordEvents } from './events.ts';
import { impressionItem } from './item.ts';

/** One impression: 201, or 200 with the same id when its event id is known. */
export const recordImpression = (record: RecordEvents): Operation =>
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
      record(call.receipt, async (write) => {
        const event = { ...call.body, campaignId: call.params.id };
        const [written] = await write([{ ...impressionItem(event, call, Date.now()), tell: true }]);
        const { status, body } = answerOf(written as WriteAnswer);
        if (!body)
          throw new Refusal('invalid_event', { detail: 'the eventId is that of a click or another later event' });
        return { status, body };
      }),
  });
