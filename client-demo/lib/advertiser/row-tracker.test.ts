import { expect, it } from 'vitest';
import { RowTracker } from './row-tracker.ts';

function follow(format: 'csv' | 'ndjson', ...pieces: string[]) {
  const tracker = new RowTracker(format);
  for (const piece of pieces) tracker.take(new TextEncoder().encode(piece));
  const { rows, wholeBytes, headerBytes, lastId } = tracker;
  return { rows, wholeBytes, headerBytes, lastId };
}

it('rows of CSV are lines outside of quotes, without the header, wherever the pieces are cut', () => {
  const header = { headerBytes: 9 };
  expect(follow('csv', 'id,text\r\n1,"a ""b""\r\nc"\r\n2,d\r\n')).toEqual({
    ...header,
    rows: 2,
    wholeBytes: 30,
    lastId: 2,
  });
  expect(follow('csv', 'id,text\r', '\n1,"a "', '"b""\r\nc"\r\n2', ',d\r\n').rows).toBe(2);
  expect(follow('csv', 'id,text\r\n')).toEqual({ ...header, rows: 0, wholeBytes: 9, lastId: null });
});

it('rows of NDJSON are its lines, quotes or not', () => {
  expect(follow('ndjson', '{"id":7,"a":"\\""}\n{"i', 'd":90071992,"a":1}\n')).toMatchObject({
    rows: 2,
    lastId: 90071992,
  });
});

it('a row that is not whole counts for nothing, and so does its id', () => {
  expect(follow('csv', 'id,text\r\n1,a\r\n2,"b\r\n')).toEqual({ headerBytes: 9, rows: 1, wholeBytes: 14, lastId: 1 });
  expect(follow('ndjson', '{"id":1,"a":2}\n{"id":2,')).toMatchObject({ rows: 1, wholeBytes: 15, lastId: 1 });
});

it('rows without an id have none', () => {
  expect(follow('csv', 'quarter_hour,placement\r\n2026-11-22T00:00:00Z,popup\r\n').lastId).toBeNull();
});
