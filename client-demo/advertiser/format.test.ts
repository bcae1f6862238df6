import { describe, expect, it } from 'vitest';
import { formatBucket, formatClock, formatMoment, formatSpan } from './format.ts';

const afterMidnight = '2026-11-22T23:05:09Z';

describe('the first hour of a day', () => {
  it('is 00, with the seconds', () => expect(formatClock(afterMidnight, 'Europe/Berlin')).toBe('00:05:09'));
  it('is 00, with the date', () => expect(formatMoment(afterMidnight, 'Europe/Berlin')).toBe('Nov 23, 00:05'));
  it('is 00, for a bucket', () =>
    expect(formatBucket('2026-11-22T23:00:00Z', 'hour', 'Europe/Berlin')).toBe('Mon, Nov 23, 00:00'));
});

it('a range of whole days is told by its days', () => {
  expect(formatSpan('2026-11-21T23:00:00Z', '2026-11-23T23:00:00Z', 'Europe/Berlin')).toBe(
    'Nov 22, 2026 – Nov 23, 2026',
  );
});

it('a range that begins with a day and ends within one is told with its times', () => {
  expect(formatSpan('2026-11-22T23:00:00Z', afterMidnight, 'Europe/Berlin')).toBe('Nov 23, 00:00 – Nov 23, 00:05');
});
