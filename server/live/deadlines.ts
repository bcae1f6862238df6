/**
 * Items by the whole second at which they are due: one loop serves any number of them, and looks at none before its time.
 * Times are in seconds of one clock, the caller's.
 */
export class Deadlines<T> {
  readonly #slots = new Map<number, Set<T>>();
  readonly #slotOf = new Map<T, number>();
  #swept: number;

  constructor(now: number) {
    this.#swept = Math.floor(now);
  }

  get size(): number {
    return this.#slotOf.size;
  }

  /** Due at the first sweep at or after that time. Takes the place of the item's earlier deadline. */
  set(item: T, at: number): void {
    this.delete(item);
    const slot = Math.max(Math.ceil(at), this.#swept + 1);
    const items = this.#slots.get(slot) ?? new Set();
    this.#slots.set(slot, items.add(item));
    this.#slotOf.set(item, slot);
  }

  delete(item: T): void {
    const slot = this.#slotOf.get(item);
    if (slot === undefined) return;
    this.#slotOf.delete(item);
    const items = this.#slots.get(slot);
    items?.delete(item);
    if (items?.size === 0) this.#slots.delete(slot);
  }

  /** Takes out what is due. */
  sweep(now: number): T[] {
    const due: T[] = [];
    while (this.#swept + 1 <= now) {
      this.#swept++;
      for (const item of this.#slots.get(this.#swept) ?? []) {
        due.push(item);
        this.#slotOf.delete(item);
      }
      this.#slots.delete(this.#swept);
    }
    return due;
  }
}
