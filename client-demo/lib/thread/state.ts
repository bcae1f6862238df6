/**
 * What a client knows of a campaign and its discussion. Only `reduce` makes new states; nothing in one is ever mutated.
 *
 * Each thing is kept with what is needed to tell newer from older, so that the order in which frames, answers and pages
 * arrive does not matter: the content of a comment with the seq at which it was true, counts with versions.
 */
import type { Campaign } from '../../../server/contract/campaign.ts';
import type { Comment, CommentSort } from '../../../server/contract/comment.ts';
import type { CountersData } from '../../../server/contract/engagement.ts';
import type { Position } from '../position.ts';
import type { Registers } from '../registers.ts';

export type CounterField = Exclude<keyof CountersData, 'campaignId'>;
export type TallyField = 'likes' | 'replies' | 'descendants';

/** The counts inside `comment` are those of the moment it was read; the live ones are in `tallies`. */
export interface Entry {
  readonly comment: Comment;
  /** The content is true at this seq or later. */
  readonly seq: number;
  /** It came as an event or as the answer to our own post, and not with a page. */
  readonly live: boolean;
}

/**
 * A list of siblings in its order. Pages fill it from the front up to `boundId`; what came live beyond the bound stands
 * behind it, with a gap between that only `complete` closes.
 */
export interface List {
  readonly sort: CommentSort;
  readonly ids: readonly number[];
  readonly boundId: number | null;
  readonly cursor: string | null;
  readonly complete: boolean;
}

/** A post of our own that the list doesn't show yet. `id` is set when the broadcast came before the answer. */
export interface Outgoing {
  readonly key: string;
  readonly parentId: number | null;
  readonly text: string;
  readonly at: string;
  readonly status: 'sending' | 'failed' | 'in review';
  readonly id: number | null;
  readonly code: string | null;
}

export type ReactionKey = 'like' | 'save' | 'bookmark' | `comment:${number}`;

/** A reaction on its way: what was asked for, and the count that is shown until the answer comes. */
export interface Intent {
  readonly on: boolean;
  readonly shown: number;
}

/** How far a comment of our own got: on how many screens of others it was, and in how many ms on nine tenths of them. */
export interface Receipt {
  readonly sockets: number;
  readonly p90Ms: number;
}

export interface ThreadState {
  readonly viewerId: number | null;
  readonly campaign: { readonly value: Campaign; readonly seq: number } | null;
  readonly counters: Registers<CounterField>;
  readonly presence: Registers<'viewers' | 'typing'>;
  readonly comments: ReadonlyMap<number, Entry>;
  readonly tallies: ReadonlyMap<number, Registers<TallyField>>;
  readonly top: List;
  readonly branches: ReadonlyMap<number, List>;
  /** Came while the reader was reading: known, and not shown until asked for. */
  readonly held: ReadonlySet<number>;
  readonly outbox: readonly Outgoing[];
  /** By comment. Told once or twice in the first seconds and never again, so one that was missed stays missing. */
  readonly receipts: ReadonlyMap<number, Receipt>;
  readonly mine: ReadonlyMap<ReactionKey, boolean>;
  readonly intents: ReadonlyMap<ReactionKey, Intent>;
  /** What we wrote and others are not shown, held or rejected, as its author reads it. */
  readonly own: ReadonlyMap<number, Comment>;
  readonly position: Position | null;
  /** The position of the last snapshot. What changed before it was never told us, so no read from before it may enter. */
  readonly base: Position | null;
  /** Counts the state frames that were applied: the clock by which reads without a version are judged. */
  readonly tick: number;
}

export const emptyList = (sort: CommentSort): List => ({ sort, ids: [], boundId: null, cursor: null, complete: false });

export const emptyThread = (viewerId: number | null = null): ThreadState => ({
  viewerId,
  campaign: null,
  counters: {},
  presence: {},
  comments: new Map(),
  tallies: new Map(),
  top: emptyList('newest'),
  branches: new Map(),
  held: new Set(),
  outbox: [],
  receipts: new Map(),
  mine: new Map(),
  intents: new Map(),
  own: new Map(),
  position: null,
  base: null,
  tick: 0,
});

/** A new map with one entry changed. */
export const withEntry = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> =>
  new Map(map).set(key, value);

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}
