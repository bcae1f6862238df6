/** Between two events, of which the later came after `since`. */
export function longestSilence(times: number[], since: number): number {
  const gaps = times.map((at, n) => (at > since ? at - (times[n - 1] ?? since) : 0));
  return Math.max(0, ...gaps);
}
