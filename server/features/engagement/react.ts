import { z } from 'zod';
import { type ReactionType, reactionAnswer, reactionTypeSchema } from '../../contract/engagement.ts';
import { idParamSchema } from '../../contract/primitives.ts';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Pool } from '../../platform/db.ts';
import { caller, type Operation, operation } from '../../platform/http/operation.ts';
import type { Receipt } from '../../platform/receipt.ts';
import type { BatchWriter } from '../../writing/batch-writer.ts';
import type { WriteAnswer } from '../../writing/sql-batch.ts';
import { answerBelow } from '../write-answer.ts';

/** An item of write_reactions: campaign `c` or comment `m`, user `u`, type `t`, set or taken back. */
export interface ReactionItem extends Partial<Receipt> {
  c?: number;
  m?: number;
  u: number;
  t: ReactionType;
  on: boolean;
  pid: number | null;
  pt: string | null;
}
export type ReactionWriter = BatchWriter<ReactionItem, WriteAnswer>;

const params = z.object({ id: idParamSchema, type: reactionTypeSchema });

export function reactionItem(
  target: { c: number } | { m: number },
  type: ReactionType,
  on: boolean,
  { who, receipt }: { who: Principal | null; receipt: Receipt | null },
): ReactionItem {
  const { userId, profileId, profileType } = caller({ who });
  return { ...target, u: userId, t: type, on, pid: profileId, pt: profileType, ...receipt };
}

/** Likes, saves or follows a campaign. Repeating it changes nothing; the database makes a double one impossible. */
export const setReaction = (pool: Pool, writer: ReactionWriter): Operation =>
  operation({
    method: 'put',
    path: '/campaigns/:id/reactions/:type',
    summary: 'Like, save or follow a campaign',
    access: 'signed-in',
    limit: 'reactions',
    hot: true,
    ofCampaign: true,
    params,
    answers: { 200: reactionAnswer, 201: reactionAnswer },
    handle: async (call) =>
      answerBelow(pool, call, await writer.write(reactionItem({ c: call.params.id }, call.params.type, true, call))),
  });

export const takeBackReaction = (pool: Pool, writer: ReactionWriter): Operation =>
  operation({
    method: 'delete',
    path: '/campaigns/:id/reactions/:type',
    summary: 'Take back a like, a save or a follow',
    access: 'signed-in',
    limit: 'reactions',
    hot: true,
    ofCampaign: true,
    params,
    answers: { 200: reactionAnswer },
    handle: async (call) =>
      answerBelow(pool, call, await writer.write(reactionItem({ c: call.params.id }, call.params.type, false, call))),
  });
