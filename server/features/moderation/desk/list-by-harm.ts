import type { Queue } from '../../../contract/desk.ts';
import type { DeskServices } from './services.ts';

/** Of more the heaviest are ranked; the others come up as these are decided. */
const mostRanked = 10_000;

export interface Ranked {
  escalated: boolean;
  harm: number;
  id: number;
}

interface Candidate {
  commentId: number;
  campaignId: number;
  escalated: boolean;
  weight: number;
  enteredMs: number;
}

interface HarmOptions extends Pick<DeskServices, 'pool' | 'screensShowing'> {
  queue: Queue;
  /** In ms: every page of one reading takes the age at the same moment. */
  asOf: number;
  after: Ranked | null;
}

/**
 * The items of a queue after that one, worst first: escalated ones, then by weight × screens × age. Each factor has one
 * more than it counts (an item without flags, on no screen, or that has just come is not harmless), age in minutes. The
 * order moves with who watches, so who reads page after page may meet an item twice or not at all.
 */
export async function listByHarm({ pool, screensShowing, queue, asOf, after }: HarmOptions): Promise<Ranked[]> {
  const { rows } = await pool.query<Candidate>({
    name: 'moderation_heaviest',
    text: `select comment_id as "commentId", campaign_id as "campaignId", escalated, weight::float8 as weight,
             extract(epoch from entered_at)::float8 * 1000 as "enteredMs"
           from moderation_item where queue = $1
           order by escalated desc, weight desc, entered_at, comment_id limit ${mostRanked}`,
    values: [queue],
  });
  const screens = await screensShowing(rows);
  const ranked = rows.map(({ commentId, escalated, weight, enteredMs }) => {
    const minutes = Math.max(0, asOf - enteredMs) / 60_000;
    const harm = (1 + weight) * (1 + (screens.get(commentId) ?? 0)) * (1 + minutes);
    return { escalated, harm, id: commentId };
  });
  ranked.sort(byHarm);
  return after ? ranked.filter((one) => byHarm(after, one) < 0) : ranked;
}

const byHarm = (a: Ranked, b: Ranked) => Number(b.escalated) - Number(a.escalated) || b.harm - a.harm || a.id - b.id;
