import { type IRateLimiterOptions, RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/**
 * The library's limiter in memory, with a bound: of more than `maxKeys` keys (470 bytes each, its timer included) the one
 * that was used longest ago is forgotten, and with it what it had used up.
 */
export class BoundedMemory extends RateLimiterMemory {
  readonly #maxKeys: number;
  /** Least recently used first. */
  readonly #keys = new Set<string>();

  constructor(options: IRateLimiterOptions, maxKeys = 50_000) {
    super(options);
    this.#maxKeys = maxKeys;
  }

  override consume(key: string, points?: number): Promise<RateLimiterRes> {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size > this.#maxKeys) this.#forgetOldest();
    return super.consume(key, points);
  }

  /** Forgets everything, and clears the timers of the keys. */
  clear(): void {
    for (const key of this.#keys) void this.delete(key);
    this.#keys.clear();
  }

  #forgetOldest(): void {
    const [oldest = ''] = this.#keys;
    this.#keys.delete(oldest);
    void this.delete(oldest);
  }
}
