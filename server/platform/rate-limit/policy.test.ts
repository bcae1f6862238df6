import { describe, expect, it } from 'vitest';
import { policySchema } from './policy.ts';

describe('a limit, as it is written', () => {
  it.each([
    ['10/s', { points: 10, seconds: 1 }, null],
    ['20/d', { points: 20, seconds: 86_400 }, null],
    ['1/3s+4/m', { points: 1, seconds: 3 }, { points: 4, seconds: 60 }],
    ['100/7d+1/168h', { points: 100, seconds: 604_800 }, { points: 1, seconds: 604_800 }],
  ])('%s', (text, rate, burst) => {
    expect(policySchema.parse(text)).toEqual({ rate, burst });
  });

  it.each([
    '',
    '10',
    '10/',
    '/s',
    '0/s',
    '10/0s',
    '10/8d',
    '1.5/s',
    '-1/s',
    '10/s+',
    '10/s+0/m',
    '10 / s',
    '1/s+1/m+1/h',
    '1/w',
  ])('refuses %j', (text) => {
    expect(policySchema.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^has to be like 10\/s/),
    ]);
  });
});
