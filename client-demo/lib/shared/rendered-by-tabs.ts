/**
 * Which comments the tabs of one socket draw. To the server they are one screen: a comment is on it as long as one tab
 * draws it. What no other tab draws is passed on whenever a tab says it, also again, since the server may have missed it.
 */
export interface Rendered {
  readonly campaignId: number;
  readonly shown: readonly number[];
  readonly gone: readonly number[];
}

export class RenderedByTabs<T> {
  readonly #drawn = new Map<number, Map<T, Set<number>>>();

  /** Answers what of it concerns the server. */
  say(tab: T, { campaignId, shown, gone }: Rendered): Rendered {
    const own = this.#of(tab, campaignId);
    for (const id of gone) own.delete(id);
    for (const id of shown) own.add(id);
    const alone = (id: number) => !this.#othersDraw(tab, campaignId, id);
    return { campaignId, shown: shown.filter(alone), gone: gone.filter((id) => alone(id) && !own.has(id)) };
  }

  /** The tab shows nothing of that campaign any more. Answers what thereby is on no tab. */
  leave(tab: T, campaignId: number): Rendered {
    const own = this.#of(tab, campaignId);
    this.#drawn.get(campaignId)?.delete(tab);
    return { campaignId, shown: [], gone: [...own].filter((id) => !this.#othersDraw(tab, campaignId, id)) };
  }

  #of(tab: T, campaignId: number): Set<number> {
    const tabs = this.#drawn.get(campaignId) ?? new Map<T, Set<number>>();
    const own = tabs.get(tab) ?? new Set<number>();
    this.#drawn.set(campaignId, tabs.set(tab, own));
    return own;
  }

  #othersDraw(tab: T, campaignId: number, id: number): boolean {
    for (const [other, drawn] of this.#drawn.get(campaignId) ?? []) if (other !== tab && drawn.has(id)) return true;
    return false;
  }
}
