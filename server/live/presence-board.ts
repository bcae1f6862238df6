import type { PresenceReport } from '../relay/frame.ts';

/** A node is told of three times as often as it is forgotten: two of its reports may be lost. */
export const announceEveryMs = 3_000;
const forgetAfterMs = 10_000;

export interface Numbers {
  viewers: number;
  typing: number;
}

interface Heard extends Numbers {
  at: number;
}

/** What other nodes said of the streams that are watched here. Times are in ms of one clock, the caller's. */
export class PresenceBoard {
  readonly #heard = new Map<string, Map<string, Heard>>();

  /** True when that node was not known for the stream: it may not know us either. */
  hear({ stream, node, viewers, typing }: Omit<PresenceReport, 'class' | 'clock'>, now: number): boolean {
    const nodes = this.#heard.get(stream) ?? new Map<string, Heard>();
    const known = nodes.has(node);
    if (viewers === 0 && typing === 0) nodes.delete(node);
    else nodes.set(node, { viewers, typing, at: now });
    if (nodes.size > 0) this.#heard.set(stream, nodes);
    else this.#heard.delete(stream);
    return !known && nodes.has(node);
  }

  /** Of all other nodes together. */
  others(stream: string): Numbers {
    const sum = { viewers: 0, typing: 0 };
    for (const { viewers, typing } of this.#heard.get(stream)?.values() ?? []) {
      sum.viewers += viewers;
      sum.typing += typing;
    }
    return sum;
  }

  /** Forgets nodes that fell silent, and streams that nobody here watches. Answers how many reports still count. */
  sweep(now: number, isWatched: (stream: string) => boolean): number {
    let reports = 0;
    for (const [stream, nodes] of this.#heard) {
      for (const [node, { at }] of nodes) if (now - at > forgetAfterMs) nodes.delete(node);
      if (nodes.size === 0 || !isWatched(stream)) this.#heard.delete(stream);
      else reports += nodes.size;
    }
    return reports;
  }
}
