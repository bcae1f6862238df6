import type { BucketCounts } from '../relay/frame.ts';

/**
 * How long something took, many times over, in buckets that are the same on every node, so that figures of several nodes
 * add up. An edge is a tenth beyond the one before it: what is read from them is at most a tenth too much, never too little.
 */
const growth = 1.1;
/** The last edge is 1.1^121 ms, some 100 s; what took longer counts as that. */
const buckets = 122;
const logGrowth = Math.log(growth);

export class Latencies {
  readonly #counts = new Uint32Array(buckets);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Bucket 0 ends at 1 ms. */
  observe(ms: number): void {
    const bucket = ms <= 1 ? 0 : Math.min(buckets - 1, Math.ceil(Math.log(ms) / logGrowth));
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count++;
  }

  add(counts: BucketCounts): void {
    for (const [bucket, times] of counts) {
      if (bucket >= buckets) continue;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + times;
      this.#count += times;
    }
  }

  /** In ms, the upper edge of its bucket; `share` from 0 to 1. 0 when nothing was observed. */
  quantile(share: number): number {
    const rank = Math.ceil(this.#count * share);
    let seen = 0;
    for (const [bucket, times] of this.filled()) {
      seen += times;
      if (seen >= rank) return growth ** bucket;
    }
    return 0;
  }

  /** The buckets that hold something, shortest first. */
  filled(): BucketCounts {
    return Array.from(this.#counts, (times, bucket): [number, number] => [bucket, times]).filter(
      ([, times]) => times > 0,
    );
  }
}
