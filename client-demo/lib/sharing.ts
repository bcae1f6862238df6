import type { ThreadAccess } from './reading.ts';

/** Tells the server that the campaign was shared. */
export class Sharing {
  readonly #thread: ThreadAccess;
  readonly #onFailure: (error: unknown) => void;

  constructor(thread: ThreadAccess, onFailure: (error: unknown) => void) {
    this.#thread = thread;
    this.#onFailure = onFailure;
  }

  async share(channel: string): Promise<boolean> {
    const { api, campaignId, dispatch, get } = this.#thread;
    try {
      const since = get().tick;
      const { value, version } = await api.share(campaignId, channel);
      dispatch({ kind: 'counted', counts: value.counts, version, since });
      return true;
    } catch (error) {
      this.#onFailure(error);
      return false;
    }
  }
}
