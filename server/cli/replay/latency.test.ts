import { expect, test } from 'vitest';
import { latencyOf, parseMicroseconds } from './latency.ts';

test('percentiles are samples, by nearest rank', () => {
  const samples = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect(latencyOf(samples)).toEqual({ samples: 100, p50: 50, p99: 99 });
  expect(latencyOf([7])).toEqual({ samples: 1, p50: 7, p99: 7 });
  expect(latencyOf([])).toEqual({ samples: 0, p50: null, p99: null });
});

test('microseconds are not dropped', () => {
  const whole = Date.parse('2026-01-01T00:00:00.123Z');
  expect(parseMicroseconds('2026-01-01T00:00:00.123456Z') - whole).toBeCloseTo(0.456, 3);
  expect(parseMicroseconds('2026-01-01T00:00:00.123Z')).toBe(whole);
});
