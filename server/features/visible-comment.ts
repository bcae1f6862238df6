import type { Principal } from '../platform/auth/principal.ts';
import type { Pool } from '../platform/db.ts';
import { Refusal } from '../platform/refusal.ts';
import { visibleCampaign } from './visible-campaign.ts';

interface CommentRow {
  campaignId: number;
  authorId: number;
  status: string;
  /** Held, and no tombstone above replies either: its author's and the moderators' alone. */
  hidden: boolean;
}

export async function findComment(pool: Pool, commentId: number): Promise<CommentRow | null> {
  const { rows } = await pool.query<CommentRow>({
    name: 'find_comment',
    text: `select e.campaign_id as "campaignId", e.user_id as "authorId", coalesce(s.status, 'published') as status,
             coalesce(s.status = 'pending' and c.descendants = 0, false) as hidden
           from campaign_engagement e
           join comment_counters c on c.comment_id = e.id
           left join comment_state s on s.comment_id = e.id
           where e.id = $1 and e.engagement_type = 'comment'`,
    values: [commentId],
  });
  return rows[0] ?? null;
}

/** The campaign of a comment that this person may know of. */
export async function campaignOfComment(pool: Pool, commentId: number, who: Principal | null): Promise<number | null> {
  const comment = await findComment(pool, commentId);
  return comment && seesStatus(comment, who) ? comment.campaignId : null;
}

/** A comment if this person may see it and its campaign. */
export async function requireComment(pool: Pool, commentId: number, who: Principal | null): Promise<CommentRow> {
  const comment = await findComment(pool, commentId);
  if (!comment || !seesStatus(comment, who) || !(await visibleCampaign(pool, comment.campaignId, who)))
    throw new Refusal('unknown_comment');
  return comment;
}

/** For an operation's `access`: its author; of a comment that is not there anybody may hear so. */
export async function isAuthor(pool: Pool, who: Principal, id: string): Promise<boolean> {
  const comment = /^[1-9][0-9]{0,15}$/.test(id) ? await findComment(pool, Number(id)) : null;
  return comment === null || comment.authorId === who.userId;
}

/** Moderators and admins see what is held. */
export const moderates = (who: Principal | null): boolean =>
  who !== null && (who.roles.has('moderator') || who.roles.has('admin'));

const seesStatus = ({ hidden, authorId }: CommentRow, who: Principal | null) =>
  !hidden || authorId === who?.userId || moderates(who);
