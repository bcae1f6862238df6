/** Edits and removals of one's own comments. Nothing is shown before the server has it: it may have been answered since. */
import type { Comment } from '../../server/contract/comment.ts';
import type { Answered } from './http.ts';
import { codeOf } from './problem.ts';
import type { ThreadAccess } from './reading.ts';

/** Null when it worked, else the code of the problem; `stale_revision`: somebody changed it on another screen. */
export type Changed = string | null;

export class Editor {
  readonly #thread: ThreadAccess;

  constructor(thread: ThreadAccess) {
    this.#thread = thread;
  }

  edit({ id, revision }: Pick<Comment, 'id' | 'revision'>, text: string): Promise<Changed> {
    return this.#change(this.#thread.api.edit(id, { text, revision }));
  }

  remove({ id }: Pick<Comment, 'id'>): Promise<Changed> {
    return this.#change(this.#thread.api.remove(id));
  }

  /** Reads what another screen made of it, in case its event is still on its way. */
  async refresh(id: number): Promise<void> {
    const { api, get, dispatch } = this.#thread;
    const position = get().position;
    const { value } = await api.comment(id).catch(() => ({ value: null }));
    if (value !== null && position !== null) dispatch({ kind: 'changed', comment: value, position });
  }

  /** The answer and the event are the same comment at the same seq, so it does not matter which of them is first. */
  async #change(answered: Promise<Answered<Comment>>): Promise<Changed> {
    try {
      const { value, position } = await answered;
      if (position) this.#thread.dispatch({ kind: 'changed', comment: value, position });
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }
}
