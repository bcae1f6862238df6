const firstMs = 1_000;
const longestMs = 5 * 60_000;

/** What failed is tried again after 1 s, 2 s, 4 s … and five minutes at most. It remembers only what fails. */
export function createBackOff(now: () => number = () => performance.now()) {
  const failing = new Map<number, { times: number; until: number }>();
  return {
    isDue: (id: number) => (failing.get(id)?.until ?? 0) <= now(),
    failed(id: number) {
      const times = (failing.get(id)?.times ?? 0) + 1;
      failing.set(id, { times, until: now() + Math.min(longestMs, firstMs * 2 ** (times - 1)) });
    },
    worked: (id: number) => void failing.delete(id),
    failures: (id: number) => failing.get(id)?.times ?? 0,
    size: () => failing.size,
  };
}

export type BackOff = ReturnType<typeof createBackOff>;
