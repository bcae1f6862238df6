/** Everything that can happen to a thread. */
import type { Campaign } from '../../../server/contract/campaign.ts';
import type { Comment, CommentSort, ListedComment } from '../../../server/contract/comment.ts';
import type { EngagementCounts } from '../../../server/contract/engagement.ts';
import type { StateFrame } from '../../../server/contract/live.ts';
import type { AnyLogFrame } from '../frames.ts';
import type { Position } from '../position.ts';
import type { ReactionKey } from './state.ts';

/** A page as it was read: true at `seq` or later, and asked for when our clock stood at `since`. */
export interface PageRead {
  readonly items: readonly ListedComment[];
  readonly nextCursor: string | null;
  readonly epoch: string;
  readonly seq: number;
  readonly since: number;
  /** How many replies of each item were asked for along with it. */
  readonly previews: number;
}

export interface CampaignRead {
  readonly campaign: Campaign;
  readonly seq: number;
  readonly since: number;
}

/** A whole new start: `pages` one after the other from the top, `branches` those that were open. The first page's position holds. */
export interface Snapshot {
  readonly sort: CommentSort;
  readonly pages: readonly PageRead[];
  readonly branches: ReadonlyMap<number, PageRead>;
  readonly campaign: CampaignRead;
}

export type Message =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'sorted'; readonly sort: CommentSort; readonly page: PageRead }
  | { readonly kind: 'older'; readonly sort: CommentSort; readonly cursor: string; readonly page: PageRead }
  | { readonly kind: 'replies'; readonly parentId: number; readonly cursor: string | null; readonly page: PageRead }
  | { readonly kind: 'ancestors'; readonly comments: readonly Comment[]; readonly epoch: string; readonly seq: number }
  | { readonly kind: 'campaign'; readonly read: CampaignRead }
  | { readonly kind: 'log'; readonly frame: AnyLogFrame; readonly hold: boolean }
  | { readonly kind: 'state'; readonly frame: StateFrame }
  /** The answer to an edit or a removal of one's own: what its event will bring, or has brought. */
  | { readonly kind: 'changed'; readonly comment: Comment; readonly position: Position }
  /** Comments of our own as their author reads them. */
  | { readonly kind: 'own'; readonly comments: readonly Comment[] }
  /** A comment that an address names, with those above it, root first. */
  | { readonly kind: 'linked'; readonly comments: readonly Comment[]; readonly epoch: string; readonly seq: number }
  | { readonly kind: 'reveal'; readonly ids: readonly number[] }
  | { readonly kind: 'viewer'; readonly viewerId: number }
  | { readonly kind: 'mine'; readonly keys: readonly ReactionKey[] }
  | { readonly kind: 'intended'; readonly key: ReactionKey; readonly on: boolean }
  | { readonly kind: 'unintended'; readonly key: ReactionKey }
  | ({ readonly kind: 'reacted'; readonly counts: EngagementCounts } & ReactionAnswered)
  | ({ readonly kind: 'comment-reacted'; readonly id: number; readonly likes: number } & ReactionAnswered)
  | {
      readonly kind: 'counted';
      readonly counts: EngagementCounts;
      readonly version: number | null;
      readonly since: number;
    }
  | OutboxMessage;

interface ReactionAnswered {
  readonly mine: Readonly<Partial<Record<ReactionKey, boolean>>>;
  readonly version: number | null;
  readonly since: number;
}

export type OutboxMessage =
  | {
      readonly kind: 'sending';
      readonly key: string;
      readonly parentId: number | null;
      readonly text: string;
      readonly at: string;
    }
  | { readonly kind: 'sent'; readonly key: string; readonly comment: Comment }
  | { readonly kind: 'in review'; readonly key: string; readonly code: string | null }
  | { readonly kind: 'failed'; readonly key: string; readonly code: string }
  | { readonly kind: 'discarded'; readonly key: string };
