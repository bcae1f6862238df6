/**
 * How many characters are left, for those who listen: the next hundred above, near the end the next ten. A live region
 * reads out each of its changes; one at every key would talk over what is written.
 */
export function inSteps(left: number): number {
  const step = left > 50 ? 100 : 10;
  return Math.ceil(left / step) * step;
}
