import { expect, it } from 'vitest';
import { Deadlines } from './deadlines.ts';

it('gives each item out once, at the first sweep at or after its time, and forgets it', () => {
  const deadlines = new Deadlines<string>(100.5);
  deadlines.set('a', 103);
  deadlines.set('b', 101.2);
  deadlines.set('late', 90);
  deadlines.set('never', 1e20);
  expect(deadlines.sweep(100.9)).toEqual([]);
  expect(deadlines.sweep(101)).toEqual(['late']);
  expect(deadlines.sweep(101.9)).toEqual([]);
  expect(deadlines.sweep(110)).toEqual(['b', 'a']);
  expect(deadlines.sweep(1_000)).toEqual([]);
  expect(deadlines.size).toBe(1);
});

it('knows one deadline an item, the last that was set, and none that was taken back', () => {
  const deadlines = new Deadlines<string>(0);
  deadlines.set('a', 5);
  deadlines.set('a', 9);
  deadlines.set('b', 5);
  deadlines.delete('b');
  deadlines.delete('unknown');
  expect(deadlines.sweep(8)).toEqual([]);
  expect(deadlines.sweep(9)).toEqual(['a']);
  expect(deadlines.size).toBe(0);
});
