/** What the reader asks to see more of. Each answer says whether it worked; failures are told to `onFailure`. */
import type { CommentSort } from '../../server/contract/comment.ts';
import type { Verdict } from './position.ts';
import { MORE, readPage, readReplies, type ThreadAccess } from './reading.ts';

export class Pager {
  readonly #thread: ThreadAccess;
  readonly #onFailure: (error: unknown) => void;
  #asked: CommentSort | null = null;

  constructor(thread: ThreadAccess, onFailure: (error: unknown) => void) {
    this.#thread = thread;
    this.#onFailure = onFailure;
  }

  /** Of several in a row only the last one counts. */
  sort(sort: CommentSort): Promise<boolean> {
    this.#asked = sort;
    return this.#attempt(async () => {
      const page = await readPage(this.#thread, { sort });
      return this.#asked === sort ? this.#thread.dispatch({ kind: 'sorted', sort, page }) : 'applied';
    });
  }

  more(): Promise<boolean> {
    return this.#attempt(async () => {
      const { sort, cursor } = this.#thread.get().top;
      if (cursor === null) return 'applied';
      const page = await readPage(this.#thread, { sort, cursor, limit: MORE });
      return this.#thread.dispatch({ kind: 'older', sort, cursor, page });
    });
  }

  replies(parentId: number): Promise<boolean> {
    return this.#attempt(async () => {
      const cursor = this.#thread.get().branches.get(parentId)?.cursor ?? null;
      const page = await readReplies(this.#thread, parentId, cursor === null ? {} : { cursor });
      return this.#thread.dispatch({ kind: 'replies', parentId, cursor, page });
    });
  }

  /** A page that a snapshot overtook is dropped, and asked for again. */
  async #attempt(act: () => Promise<Verdict>): Promise<boolean> {
    try {
      return (await act()) === 'applied' || (await act()) === 'applied';
    } catch (error) {
      this.#onFailure(error);
      return false;
    }
  }
}
