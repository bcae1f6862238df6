import { expect, test } from 'vitest';
import { createRoomClock, readIrc } from './read-irc.ts';

const message = (n: number, more: object = {}) => ({
  room: 'r',
  n,
  time: '10:00',
  nick: 'ann',
  system: false,
  reply_to: [],
  text: `line ${n}`,
  ...more,
});

test('the parent is the first antecedent that is earlier and was said by a person', () => {
  const rows = [
    message(1),
    message(2, { system: true, nick: null }),
    message(3, { reply_to: [2, 9, 1] }),
    message(4, { reply_to: [4] }),
    message(1, { room: 's' }),
    message(3, { room: 's', reply_to: [3, 2, 1] }),
  ];
  const { posts } = readIrc({ file: 'x', rows });
  expect(posts.map(({ key, parent, campaign, author }) => [key, parent, campaign, author])).toEqual([
    ['r#1', null, 'r', 'ann'],
    ['r#3', 'r#1', 'r', 'ann'],
    ['r#4', null, 'r', 'ann'],
    ['s#1', null, 's', 'ann'],
    ['s#3', 's#1', 's', 'ann'],
  ]);
});

test('each room has its own clock, which goes over midnight and never back', () => {
  const clock = createRoomClock();
  const times = (room: string, ...of: string[]) => of.map((time) => clock({ room, time }) / 60_000);
  expect(times('r', '23:58', '23:59', '00:01', '00:00', '13:00', '02:00')).toEqual([0, 1, 3, 3, 782, 782]);
  expect(times('s', '08:00', '08:30')).toEqual([0, 30]);
});
