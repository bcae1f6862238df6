import { describe, expect, it } from 'vitest';
import { Typists } from './typists.ts';

describe('who is typing', () => {
  it('is counted once a socket and stream, until six seconds after the last key', () => {
    const typists = new Typists();
    for (const [socketId, now] of [
      ['a', 0],
      ['a', 1_000],
      ['b', 2_000],
    ] as const)
      typists.typed('campaign:1', socketId, now);
    typists.typed('campaign:2', 'a', 0);
    typists.forgetStopped(6_500);
    expect([typists.in('campaign:1'), typists.in('campaign:2')]).toEqual([2, 0]);
    typists.forgetStopped(7_500);
    expect(typists.in('campaign:1')).toBe(1);
  });

  it('leaves nothing behind, neither by stopping nor by going away', () => {
    const typists = new Typists();
    typists.typed('campaign:1', 'a', 0);
    typists.typed('campaign:2', 'a', 0);
    typists.typed('campaign:2', 'b', 0);
    typists.gone('a');
    expect([typists.streams, typists.in('campaign:2')]).toEqual([1, 1]);
    typists.forgetStopped(6_001);
    expect(typists.streams).toBe(0);
  });
});
