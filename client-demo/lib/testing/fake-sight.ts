import type { Sight } from '../impressions/viewability.ts';

/** An element and its page as a test moves them. */
export class FakeSight implements Sight {
  #ratio = 0;
  #foreground: boolean;
  readonly #watchers = new Set<(ratio: number) => void>();
  readonly #listeners = new Set<() => void>();

  constructor({ foreground = true } = {}) {
    this.#foreground = foreground;
  }

  observe = (_: Element, onRatio: (ratio: number) => void): (() => void) => {
    this.#watchers.add(onRatio);
    onRatio(this.#ratio);
    return () => this.#watchers.delete(onRatio);
  };
  isForeground = (): boolean => this.#foreground;
  onForeground = (act: () => void): (() => void) => {
    this.#listeners.add(act);
    return () => this.#listeners.delete(act);
  };

  /** The share of the element in the viewport from now on. */
  show(ratio: number): void {
    this.#ratio = ratio;
    for (const watcher of [...this.#watchers]) watcher(ratio);
  }

  turn(foreground: boolean): void {
    this.#foreground = foreground;
    for (const listener of [...this.#listeners]) listener();
  }

  watched = (): number => this.#watchers.size + this.#listeners.size;
}
