export interface Throttled {
  call(): void;
  stop(): void;
}

/** Acts at the first call at once, and for all calls within the next `ms` once, at their end; `ms` is asked at each call. */
export function atMostEvery(ms: number | (() => number), act: () => void): Throttled {
  let actedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const actNow = () => {
    timer = undefined;
    actedAt = performance.now();
    act();
  };
  return {
    call() {
      if (timer !== undefined) return;
      const left = actedAt + (typeof ms === 'number' ? ms : ms()) - performance.now();
      if (left <= 0) actNow();
      else timer = setTimeout(actNow, left);
    },
    stop: () => clearTimeout(timer),
  };
}
