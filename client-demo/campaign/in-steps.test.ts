import { expect, it } from 'vitest';
import { inSteps } from './in-steps.ts';

it('from 500 characters left to none, eleven numbers are read out', () => {
  const read = Array.from({ length: 501 }, (_, typed) => inSteps(500 - typed));
  expect([...new Set(read)]).toEqual([500, 400, 300, 200, 100, 50, 40, 30, 20, 10, 0]);
});
