/**
 * Now, in milliseconds since 1970 with fractions. Every process of one machine, and PostgreSQL's clock_timestamp(), agree
 * on it to some tens of microseconds, as long as nobody sets the clock during the run.
 */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The same of an ISO time in UTC with all six digits of the second; Date.parse alone would drop the last three. */
export function msOfIso(iso: string): number {
  return Date.parse(`${iso.slice(0, 23)}Z`) + Number(iso.slice(23, 26)) / 1_000;
}
