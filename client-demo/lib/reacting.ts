/**
 * Likes, saves and follows: on the glass at once, true a moment later. Of each reaction one request is under way at a
 * time; who presses again meanwhile changes what is wanted, and the next request follows from that.
 */
import type { ReactionType } from '../../server/contract/engagement.ts';
import type { ThreadAccess } from './reading.ts';
import type { Message } from './thread/messages.ts';
import { reactionOf } from './thread/select.ts';
import type { ReactionKey } from './thread/state.ts';

export class Reactor {
  readonly #thread: ThreadAccess;
  readonly #onFailure: (error: unknown) => void;
  readonly #running = new Set<ReactionKey>();

  constructor(thread: ThreadAccess, onFailure: (error: unknown) => void) {
    this.#thread = thread;
    this.#onFailure = onFailure;
  }

  toggle(key: ReactionKey): void {
    this.#thread.dispatch({ kind: 'intended', key, on: !reactionOf(this.#thread.get(), key).on });
    if (!this.#running.has(key)) void this.#run(key);
  }

  async #run(key: ReactionKey): Promise<void> {
    const { dispatch, get } = this.#thread;
    this.#running.add(key);
    try {
      for (let wanted = this.#wanted(key); wanted !== null; wanted = this.#wanted(key)) {
        dispatch(await this.#send(key, wanted));
      }
    } catch (error) {
      this.#onFailure(error);
    }
    if (get().intents.has(key)) dispatch({ kind: 'unintended', key });
    this.#running.delete(key);
  }

  /** What is yet to be asked of the server, or null when it has it. */
  #wanted(key: ReactionKey): boolean | null {
    const { intents, mine } = this.#thread.get();
    const on = intents.get(key)?.on;
    return on === undefined || on === (mine.get(key) ?? false) ? null : on;
  }

  async #send(key: ReactionKey, on: boolean): Promise<Message> {
    const { api, campaignId, get } = this.#thread;
    const since = get().tick;
    if (isCampaignReaction(key)) {
      const { value, version } = await api.react(campaignId, key, on);
      return { kind: 'reacted', counts: value.counts, mine: value.mine, version, since };
    }
    const id = Number(key.slice('comment:'.length));
    const { value, version } = await api.likeComment(id, on);
    return { kind: 'comment-reacted', id, likes: value.likes, mine: { [key]: value.mine }, version, since };
  }
}

const isCampaignReaction = (key: ReactionKey): key is ReactionType => !key.startsWith('comment:');
