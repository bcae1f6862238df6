/** A figure over the rounds: never one run alone, and always with how far the others were from it. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export function spreadOf(values: number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? Number.NaN, max: sorted.at(-1) ?? Number.NaN };
}

/** The value at `share` of values in ascending order: for 0.99 the smallest one that 99 % do not exceed. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = Math.max(0, Math.ceil(sorted.length * share) - 1);
  return sorted[place] ?? Number.NaN;
}

export interface Quantiles {
  p50: number;
  p99: number;
  max: number;
}

/** Sorts `values` in place. */
export function quantilesOf(values: Float64Array): Quantiles {
  values.sort();
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99), max: quantile(values, 1) };
}
