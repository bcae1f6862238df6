/**
 * Posts comments. A post is on the glass at once, keeps its Idempotency-Key until it is answered for good, and outlives
 * a reload: what was not confirmed is sent again with the same key, so it lands once however often it is tried.
 */
import { z } from 'zod';
import type { Comment } from '../../server/contract/comment.ts';
import { codeOf, isPassing } from './problem.ts';
import type { ThreadAccess } from './reading.ts';
import { keep, recall } from './storage.ts';
import type { Outgoing } from './thread/state.ts';

const keptPosts = z.array(
  z.object({ key: z.string(), parentId: z.int().nullable(), text: z.string(), at: z.string() }),
);

export interface PosterHooks {
  /** It is kept, and not shown to others: settles when its author's view of it is there. */
  onHeld(id: number): Promise<void>;
  /** The code with which a post was refused. */
  onRefused(code: string): void;
}

export class Poster {
  readonly #thread: ThreadAccess;
  readonly #passing = new Set<string>();
  readonly #hooks: Partial<PosterHooks>;

  constructor(thread: ThreadAccess, hooks: Partial<PosterHooks> = {}) {
    this.#thread = thread;
    this.#hooks = hooks;
  }

  /** A sentence for the author before it is sent. Whatever keeps it from coming keeps no post back. */
  async nudge(text: string, parentId: number | null): Promise<string | null> {
    const { api, campaignId } = this.#thread;
    return api.check(campaignId, { text, parentId }).then(
      ({ value }) => value.nudge,
      () => null,
    );
  }

  /** Whether it was posted at once; if not, it stays on the glass with what can be done about it. */
  post(text: string, parentId: number | null): Promise<boolean> {
    return this.#send({ key: crypto.randomUUID(), parentId, text, at: new Date().toISOString() });
  }

  retry(key: string): void {
    const post = this.#thread.get().outbox.find((one) => one.key === key);
    if (post?.status === 'failed') void this.#send(post);
  }

  discard(key: string): void {
    this.#thread.dispatch({ kind: 'discarded', key });
    this.#keep();
  }

  /** The connection is good again: what failed for want of it is worth another try. */
  resume(): void {
    for (const key of this.#passing) this.retry(key);
  }

  /** Takes up what an earlier page could not finish. */
  restore(): void {
    const kept = keptPosts.safeParse(parseJson(recall(this.#storageKey)));
    for (const post of kept.success ? kept.data : []) void this.#send(post);
  }

  async #send({ key, parentId, text, at }: Pick<Outgoing, 'key' | 'parentId' | 'text' | 'at'>): Promise<boolean> {
    const { api, campaignId, dispatch } = this.#thread;
    dispatch({ kind: 'sending', key, parentId, text, at });
    this.#keep();
    this.#passing.delete(key);
    try {
      const { value } = await api.post(campaignId, { text, parentId }, key);
      const published = isComment(value) && value.status !== 'pending';
      if (published) dispatch({ kind: 'sent', key, comment: value });
      else {
        dispatch({ kind: 'in review', key, code: 'reason' in value ? (value.reason ?? null) : null });
        this.#hooks.onHeld?.(value.id).then(
          () => dispatch({ kind: 'discarded', key }),
          () => {},
        );
      }
      return published;
    } catch (error) {
      if (isPassing(error)) this.#passing.add(key);
      dispatch({ kind: 'failed', key, code: codeOf(error) });
      this.#hooks.onRefused?.(codeOf(error));
      return false;
    } finally {
      this.#keep();
    }
  }

  get #storageKey(): string {
    return `outbox:${this.#thread.campaignId}`;
  }

  #keep(): void {
    const open = this.#thread.get().outbox.filter((post) => post.status !== 'in review');
    const kept = open.map(({ key, parentId, text, at }) => ({ key, parentId, text, at }));
    keep(this.#storageKey, kept.length === 0 ? null : JSON.stringify(kept));
  }
}

const isComment = (value: object): value is Comment => 'author' in value;

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
