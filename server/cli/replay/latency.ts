/** The wall clock in milliseconds, finer than Date.now(), to be compared with times that another process wrote. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** ISO 8601 with microseconds, of which Date.parse drops the last three digits. */
export function parseMicroseconds(iso: string): number {
  const [, micros = '0'] = /\.\d{3}(\d{3})/.exec(iso) ?? [];
  return Date.parse(iso) + Number(micros) / 1_000;
}

export interface Latency {
  samples: number;
  p50: number | null;
  p99: number | null;
}

/** Nearest rank, in milliseconds. */
export function latencyOf(samples: number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { samples: sorted.length, p50: at(0.5), p99: at(0.99) };
}
