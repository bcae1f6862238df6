import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import type { Answer } from '../platform/http/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import type { StreamPosition, WriteAnswer } from '../writing/sql-batch.ts';
import { refusalFor } from './restriction.ts';
import { visibleCampaign } from './visible-campaign.ts';

/**
 * The HTTP answer for a row of a batch. `State-Version` orders the counts in the body against the live frames;
 * `Stream-Position` is where the campaign's stream stood when the write was committed.
 */
export function answerOf({ status, outcome, version, body, position }: WriteAnswer): Answer {
  const refusal = refusalFor(outcome, body);
  if (refusal) throw refusal;
  const headers: Record<string, string> = {};
  if (version !== null) headers['State-Version'] = String(version);
  if (position !== null) headers['Stream-Position'] = headerOf(position);
  return { status, body, headers };
}

/** The same header for a write in a transaction of its own, read before it commits. */
export async function positionHeader(
  db: Pick<Pool, 'query'>,
  campaignId: number | undefined,
): Promise<Record<string, string>> {
  const { rows } = await db.query<{ position: StreamPosition | null }>({
    name: 'stream_position',
    text: 'select stream_position(campaign_stream($1)) as position',
    values: [campaignId],
  });
  return rows[0]?.position ? { 'Stream-Position': headerOf(rows[0].position) } : {};
}

/** RFC 9651: a dictionary. */
const headerOf = ({ stream, epoch, seq }: StreamPosition) => `stream="${stream}", epoch="${epoch}", seq=${seq}`;

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
