import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Latencies } from './latencies.ts';

const times = fc.array(fc.double({ min: 0, max: 90_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function observed(all: number[]): Latencies {
  const latencies = new Latencies();
  for (const ms of all) latencies.observe(ms);
  return latencies;
}

describe('latencies', () => {
  it('tell a quantile that is not too little and at most a tenth too much', () => {
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.9, 0.999), (all, share) => {
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? 0;
        const told = observed(all).quantile(share);
        expect(told).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
        expect(told).toBeLessThanOrEqual(Math.max(1, exact * 1.1) * (1 + 1e-9));
      }),
    );
  });

  it('of several nodes add up to those of one node that had all the sockets', () => {
    fc.assert(
      fc.property(times, times, (here, there) => {
        const together = observed(here);
        together.add(observed(there).filled());
        expect(together.filled()).toEqual(observed([...here, ...there]).filled());
        expect(together.count).toBe(here.length + there.length);
      }),
    );
  });

  it('of nothing are nothing, and what took for ever is in the last bucket', () => {
    expect(new Latencies()).toMatchObject({ count: 0 });
    expect(new Latencies().quantile(0.9)).toBe(0);
    expect(observed([1e9]).filled()).toEqual([[121, 1]]);
  });
});
