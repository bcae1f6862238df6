import { z } from 'zod';
import { type Claim, claimSchema, itemParams } from '../../../contract/desk.ts';
import { caller, type Operation, operation } from '../../../platform/http/operation.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { once } from '../../once.ts';
import { moderates } from '../../visible-comment.ts';
import { type DeskServices, moderatorOf } from './services.ts';

export const leaseSeconds = 90;

interface Outcome {
  outcome: 'claimed' | 'already_claimed' | 'unknown_comment';
  claim: Claim | null;
}

/** Also for a comment that is in no queue (yet). Sent again by who holds it, it renews the lease. */
export const claimItem = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'post',
    path: '/moderation/items/:commentId/claim',
    summary: 'Take an item for 90 s, or renew the lease',
    access: moderates,
    params: itemParams,
    answers: { 200: claimSchema },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { id, name } = moderatorOf(call);
        const { rows } = await client.query<Outcome>('select * from claim_item($1, $2, $3, $4)', [
          call.params.commentId,
          id,
          name,
          leaseSeconds,
        ]);
        const { outcome, claim } = rows[0] as Outcome;
        if (outcome !== 'claimed') throw new Refusal(outcome, claim ? { more: { claim } } : {});
        return { status: 200, body: claim };
      }),
  });

/** Giving back what one does not hold changes nothing. */
export const releaseItem = ({ actPool }: DeskServices): Operation =>
  operation({
    method: 'delete',
    path: '/moderation/items/:commentId/claim',
    summary: 'Give an item back',
    access: moderates,
    params: itemParams,
    answers: { 200: z.object({ released: z.boolean() }) },
    handle: (call) =>
      once(actPool, call.receipt, async (client) => {
        const { rows } = await client.query<{ released: number }>('select release_claims($1, $2, 0) as released', [
          call.params.commentId,
          caller(call).userId,
        ]);
        return { status: 200, body: { released: (rows[0]?.released ?? 0) > 0 } };
      }),
  });
