import { expect, it } from 'vitest';
import { formatDelay, formatDuration } from './format.ts';

it('a delay is told in milliseconds below a second, so that its unit does not change back and forth', () => {
  expect([12, 140, 999, 1_200].map(formatDelay)).toEqual(['12 ms', '140 ms', '999 ms', '1.2 s']);
});

it('a duration is told to a tenth of a second below ten, and in whole ones above', () => {
  expect([40, 400, 9_960, 12_345].map(formatDuration)).toEqual(['40 ms', '0.4 s', '10.0 s', '12 s']);
});
