import { describe, expect, it } from 'vitest';
import { endsNow, statsQueryOf } from './stats-query.ts';
import { readView } from './view-state.ts';

const now = Date.parse('2026-11-22T23:30:00Z'); // the 23rd in Berlin
const view = (from: string, to: string, zone: string) =>
  readView(`range=custom&from=${from}&to=${to}&timezone=${zone}`, 'UTC');

describe('dates that reach to today', () => {
  it('are asked without an end, so that no hour to come counts as none', () => {
    const { from, to } = statsQueryOf(view('2026-11-20', '2026-11-23', 'Europe/Berlin'), now);
    expect({ from, to }).toEqual({ from: '2026-11-20', to: undefined });
  });

  it('have a last bucket that is filling', () =>
    expect(endsNow(view('2026-11-20', '2026-11-22', 'UTC'), now)).toBe(true));
});

describe('dates that are over', () => {
  it('are asked with their last day', () => {
    const { from, to } = statsQueryOf(view('2026-11-20', '2026-11-22', 'Europe/Berlin'), now);
    expect({ from, to }).toEqual({ from: '2026-11-20', to: '2026-11-22' });
  });

  it('have no bucket that is filling', () =>
    expect(endsNow(view('2026-11-20', '2026-11-22', 'Europe/Berlin'), now)).toBe(false));
});
