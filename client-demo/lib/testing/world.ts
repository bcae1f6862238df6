/** A campaign as the server keeps it, small enough for tests: what it commits, sends and answers. */
import type { Comment, CommentSort, ListedComment } from '../../../server/contract/comment.ts';
import type { CountersData } from '../../../server/contract/engagement.ts';
import type { LogFrame, StateFrame } from '../../../server/contract/live.ts';
import type { Answer, Frame } from '../frames.ts';
import type { Position } from '../position.ts';
import type { CampaignRead, PageRead } from '../thread/messages.ts';
import { compareIn } from '../thread/order.ts';
import { campaignNamed } from './builders.ts';

export const STREAM = 'campaign:1';
export const EPOCH = 'e1';
const at = '2026-11-22T12:00:00.000Z';

export type Act =
  | { do: 'post'; parent: number | null; author: number }
  | { do: 'edit' | 'remove' | 'restore' | 'like'; target: number }
  | { do: 'like campaign' }
  | { do: 'rename' };

export interface PageAsked {
  parent?: number;
  sort?: CommentSort;
  limit: number;
  previews: number;
  cursor?: string | undefined;
  /** When our clock stood at what it was asked. */
  since: number;
}

export class World {
  readonly events: LogFrame[] = [];
  readonly #comments: Comment[] = [];
  readonly #versions = new Map<string, number>();
  #likes = 0;
  #version = 0;
  #name = 'Aurora';

  get seq(): number {
    return this.events.length;
  }

  /** Commits, and answers the frames that it sends. Acts whose target does not exist do nothing. */
  act(act: Act): Frame[] {
    if (act.do === 'like campaign') {
      this.#likes++;
      return [this.#countersFrame()];
    }
    if (act.do === 'post') return this.#post(act);
    if (act.do === 'rename') {
      this.#name += '!';
      return [this.#log('campaign:updated', this.campaign())];
    }
    return this.#change(act);
  }

  #post({ parent, author }: { parent: number | null; author: number }): Frame[] {
    const parentId = parent === null || this.#comments.length === 0 ? null : (parent % this.#comments.length) + 1;
    const above = this.#comments.find((comment) => comment.id === parentId);
    if (above !== undefined && above.status !== 'published') return [];
    const id = this.#comments.length + 1;
    const createdAt = new Date(Date.parse(at) + Math.floor(id / 2) * 1_000).toISOString();
    const fresh = {
      campaignId: 1,
      text: `text ${id}`,
      revision: 1,
      likes: 0,
      replies: 0,
      descendants: 0,
      editedAt: null,
    };
    const who = { id: author, name: `user ${author}`, profileType: null };
    const depth = above === undefined ? 0 : above.depth + 1;
    this.#comments.push({ ...fresh, id, parentId, depth, author: who, status: 'published', createdAt });
    return [this.#log('comment:created', this.comment(id)), ...this.#recountAbove(id), this.#countersFrame()];
  }

  #change({ do: what, target }: { do: 'edit' | 'remove' | 'restore' | 'like'; target: number }): Frame[] {
    const comment = this.#comments[target % Math.max(1, this.#comments.length)];
    if (comment === undefined) return [];
    const shown = comment.status === 'published';
    if (shown === (what === 'restore')) return [];
    if (what === 'like') {
      comment.likes++;
      return [this.#tallyFrame(comment.id)];
    }
    if (what === 'edit') {
      comment.revision++;
      comment.text = `text ${comment.id}, revision ${comment.revision}`;
      return [this.#log('comment:edited', this.comment(comment.id))];
    }
    comment.status = what === 'remove' ? 'removed' : 'published';
    const name = what === 'remove' ? 'comment:removed' : 'comment:restored';
    return [this.#log(name, this.comment(comment.id)), ...this.#recountAbove(comment.id), this.#countersFrame()];
  }

  comment(id: number): Comment {
    const comment = this.#comments[id - 1];
    if (comment === undefined) throw new Error(`no comment ${id}`);
    if (comment.status === 'published') return { ...comment };
    return { ...comment, text: null, removed: { by: 'moderator', reason: null } };
  }

  campaign() {
    return { ...campaignNamed(this.#name), counters: this.counters() };
  }

  counters(): CountersData {
    const comments = this.#comments.filter((comment) => comment.status === 'published').length;
    return { campaignId: 1, likes: this.#likes, shares: 0, comments, saves: 0, bookmarks: 0, impressions: 0 };
  }

  /**
   * What a subscribe brings: the events missed, and the states from half a minute before the last event not missed (see
   * open_stream). A state may be on the line yet when a later event has come, and is lost with it; a play is shorter.
   */
  answer(position: Position | null, oldest = 0): Answer {
    const known = position !== null && position.epoch === EPOCH && position.seq >= oldest && position.seq <= this.seq;
    const head = { ok: true as const, stream: STREAM, epoch: EPOCH, seq: this.seq };
    if (!known) return { ...head, mode: 'reset', events: [], state: [] };
    const events = this.events.slice(position.seq);
    const tallies = this.#comments.map(({ id }) => this.#frameOfTally(id)).filter(({ version }) => version > 0);
    const state = [this.#frameOfCounters(), ...tallies];
    return { ...head, mode: events.length === 0 ? 'live' : 'replayed', events, state };
  }

  /** One page of siblings as the server lists them: the published, and tombstones with something below. */
  page(query: PageAsked): PageRead {
    const all = this.siblings(query.parent ?? null, query.sort ?? 'newest');
    const from =
      query.cursor === undefined ? 0 : all.findIndex((comment) => `after ${comment.id}` === query.cursor) + 1;
    const listed = all.slice(from, from + query.limit);
    const more = from + query.limit < all.length;
    return {
      items: listed.map((comment) => this.#withPreview(comment, query.previews)),
      nextCursor: more ? `after ${listed.at(-1)?.id}` : null,
      epoch: EPOCH,
      seq: this.seq,
      since: query.since,
      previews: query.previews,
    };
  }

  read(since: number): CampaignRead {
    return { campaign: this.campaign(), seq: this.seq, since };
  }

  siblings(parentId: number | null, sort: CommentSort): Comment[] {
    return this.#comments
      .filter((comment) => comment.parentId === parentId && (comment.status === 'published' || comment.descendants > 0))
      .map(({ id }) => this.comment(id))
      .sort((a, b) => (sort === 'top' ? b.likes - a.likes || compareIn('newest', a, b) : compareIn(sort, a, b)));
  }

  /** From the root down to the parent. */
  ancestors(id: number): Comment[] {
    const { parentId } = this.comment(id);
    return parentId === null ? [] : [...this.ancestors(parentId), this.comment(parentId)];
  }

  #withPreview(comment: Comment, previews: number): ListedComment {
    return { ...comment, replyPreview: this.siblings(comment.id, 'oldest').slice(0, previews) };
  }

  #recountAbove(id: number): Frame[] {
    const frames: Frame[] = [];
    for (let above = this.#comments[id - 1]?.parentId ?? null; above !== null; ) {
      const parent = this.#comments[above - 1];
      if (parent === undefined) break;
      const below = this.#comments.filter(
        (comment) => comment.status === 'published' && this.#isBelow(comment, above ?? 0),
      );
      parent.replies = below.filter((comment) => comment.parentId === parent.id).length;
      parent.descendants = below.length;
      frames.push(this.#tallyFrame(parent.id));
      above = parent.parentId;
    }
    return frames;
  }

  #isBelow(comment: Comment, id: number): boolean {
    for (let above = comment.parentId; above !== null; above = this.#comments[above - 1]?.parentId ?? null) {
      if (above === id) return true;
    }
    return false;
  }

  #log<N extends LogFrame['name']>(name: N, data: LogFrame<N>['data']): LogFrame {
    const frame = { name, stream: STREAM, epoch: EPOCH, seq: this.seq + 1, at, data } as LogFrame;
    this.events.push(frame);
    return frame;
  }

  #countersFrame(): StateFrame {
    this.#versions.set('campaign', ++this.#version);
    return this.#frameOfCounters();
  }

  #tallyFrame(id: number): StateFrame {
    this.#versions.set(`comment ${id}`, ++this.#version);
    return this.#frameOfTally(id);
  }

  #frameOfCounters(): StateFrame {
    const version = this.#versions.get('campaign') ?? 0;
    return { name: 'campaign:counters', stream: STREAM, version, seq: this.seq, at, data: this.counters() };
  }

  #frameOfTally(id: number): StateFrame {
    const { likes, replies, descendants } = this.comment(id);
    const version = this.#versions.get(`comment ${id}`) ?? 0;
    const data = { campaignId: 1, commentId: id, likes, replies, descendants };
    return { name: 'comment:counters', stream: STREAM, version, seq: this.seq, at, data };
  }
}
