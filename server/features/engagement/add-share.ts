import { z } from 'zod';
import { shareAnswer, shareBody } from '../../contract/engagement.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import { ownReceipt, type Receipt } from '../../platform/receipt.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { answerBelow } from '../write-answer.ts';

/** An item of add_shares. */
export interface ShareItem extends Receipt {
  c: number;
  u: number;
  channel: string | null;
  pid: number | null;
  pt: string | null;
}

/** Each share counts; an optional channel says where it went. */
export const addShare = (pool: Pool, writer: BatchWriter<ShareItem, WriteAnswer>): Operation =>
  operation({
    method: 'post',
    path: '/campaigns/:id/shares',
    summary: 'Share a campaign',
    access: 'signed-in',
    limit: 'reactions',
    ofCampaign: true,
    params: z.object({ id: idParamSchema }),
    body: shareBody,
    answers: { 201: shareAnswer },
    handle: async (call) => {
      const { userId, profileId, profileType } = caller(call);
      const item = {
        c: call.params.id,
        u: userId,
        channel: call.body.channel || null,
        pid: profileId,
        pt: profileType,
      };
      return answerBelow(pool, call, await writer.write({ ...item, ...(call.receipt ?? ownReceipt()) }));
    },
  });
