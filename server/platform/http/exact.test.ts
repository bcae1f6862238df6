import { expect, it } from 'vitest';
import { Exact, exactJson } from './exact.ts';

it.each(['0', '-12.5', '12345678901234.123456', '9007199254740993'])('%s keeps every digit', (digits) => {
  expect(exactJson({ spend: new Exact(digits), list: [new Exact(digits)] })).toBe(
    `{"spend":${digits},"list":[${digits}]}`,
  );
});

it('zeros at the end of the fraction are left out, as a JSON number has them', () => {
  expect(exactJson([new Exact('1.500000'), new Exact('20.000000'), new Exact('100')])).toBe('[1.5,20,100]');
});

it('text that looks like the mark stays text', () => {
  const value = { text: '\\u00001.5', quoted: '"\\u00001"' };
  expect(exactJson(value)).toBe(JSON.stringify(value));
  expect(exactJson({ ...value, n: new Exact('2') })).toBe(JSON.stringify({ ...value, n: 2 }));
});
