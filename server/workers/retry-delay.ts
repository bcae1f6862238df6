const firstMs = 250;
const longestMs = 10_000;

/** How long to wait before the next try after so many short lives in a row, in milliseconds, with jitter. */
export function retryDelay(shortLives: number, random: () => number = Math.random): number {
  if (shortLives === 0) return 0;
  return Math.min(longestMs, firstMs * 2 ** (shortLives - 1)) * (0.5 + random() / 2);
}
