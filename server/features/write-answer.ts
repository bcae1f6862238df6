import { type ProblemCode, problems } from '../contract/errors.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import type { Answer } from '../platform/http/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import type { WriteAnswer } from '../writing/sql-batch.ts';
import { visibleCampaign } from './visible-campaign.ts';

/** The HTTP answer for a row of a batch. `State-Version` orders the counts in the body against the live frames. */
export function answerOf({ status, outcome, version, body }: WriteAnswer): Answer {
  if (outcome in problems) throw new Refusal(outcome as ProblemCode);
  return { status, body, headers: version === null ? {} : { 'State-Version': String(version) } };
}

/** The same below a campaign: of one that is not public strangers hear nothing, and who may see it that it is closed. */
export async function answerBelow(
  pool: Pool,
  { params, who }: { params: { id: number }; who: Principal | null },
  written: WriteAnswer,
): Promise<Answer> {
  const seen = written.outcome === 'unknown_campaign' && (await visibleCampaign(pool, params.id, who)) !== null;
  if (seen) throw new Refusal('campaign_closed');
  return answerOf(written);
}
