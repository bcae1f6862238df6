/** Time and chance, handed in so that tests need neither to wait nor to guess. */
export interface Clock {
  now(): number;
  random(): number;
  /** Runs `act` after `ms`; the answer cancels it. */
  after(ms: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** Doubles with each attempt up to the cap; the upper half of it is chance, so that a crowd doesn't come back as one. */
export function backoffMs({ baseMs, capMs }: Backoff, attempt: number, random: () => number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling * (0.5 + random() / 2));
}

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });
