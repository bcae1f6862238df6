import { expect, it } from 'vitest';
import { compareDecimals, decimalSchema, parseJson, shareOf } from './decimal.ts';

it('money keeps its digits', () => {
  for (const text of ['0', '17.16', '-0.000001', '999999999.999999', '0.1']) {
    expect(decimalSchema.parse(parseJson(text))).toBe(text);
  }
  expect(() => decimalSchema.parse('12,50')).toThrow();
});

it('what is no money of so many digits stays a number or a text', () => {
  expect(parseJson('{"at":"2026-11-23T02:02:15.123456Z","n":1700000000000,"r":0.333333,"z":1.50}')).toEqual({
    at: '2026-11-23T02:02:15.123456Z',
    n: 1_700_000_000_000,
    r: 0.333_333,
    z: 1.5,
  });
});

it('amounts are compared and shared exactly, where doubles are equal', () => {
  expect(compareDecimals('12345678901234.567891', '12345678901234.567892')).toBe(-1);
  expect(compareDecimals('20', '20.00')).toBe(0);
  expect(compareDecimals('-1', '0')).toBe(-1);
  expect(shareOf('30', '120')).toBe(0.25);
  expect(shareOf('1', '0')).toBe(0);
});
