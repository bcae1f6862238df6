import { expect, it } from 'vitest';
import { RowCounter } from './row-counter.ts';

const count = (format: 'csv' | 'ndjson', ...pieces: string[]): number => {
  const counter = new RowCounter(format);
  for (const piece of pieces) counter.take(new TextEncoder().encode(piece));
  return counter.rows;
};

it('rows of CSV are lines outside of quotes, without the header, wherever the pieces are cut', () => {
  expect(count('csv', 'id,text\r\n1,"a ""b""\r\nc"\r\n2,d\r\n')).toBe(2);
  expect(count('csv', 'id,text\r', '\n1,"a "', '"b""\r\nc"\r\n2', ',d\r\n')).toBe(2);
  expect(count('csv', 'id,text\r\n')).toBe(0);
});

it('rows of NDJSON are its lines, quotes or not', () => {
  expect(count('ndjson', '{"a":"\\""}\n{"a', '":1}\n')).toBe(2);
});
