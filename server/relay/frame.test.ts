import { expect, it } from 'vitest';
import { type LogEventFrame, readMessage } from './frame.ts';

const frame: LogEventFrame = {
  class: 'log',
  stream: 'campaign:1',
  epoch: 'e',
  seq: 7,
  name: 'comment:created',
  at: '2026-01-01T00:00:00.000000Z',
  data: '{"id":1}',
};

it('a message between nodes is read as it was sent', () => {
  expect(readMessage(JSON.stringify(frame))).toEqual(frame);
});

it.each([
  ['no JSON', 'hello'],
  ['nothing', 'null'],
  ['of another kind', '{"class":"later"}'],
  ['incomplete', JSON.stringify({ ...frame, seq: undefined })],
  ['of another type', JSON.stringify({ ...frame, seq: '7' })],
])('a message that is %s is none', (_, text) => {
  expect(readMessage(text)).toBeNull();
});
