import { expect, it } from 'vitest';
import { PresenceBoard } from './presence-board.ts';

const stream = 'campaign:7';
const report = (node: string, viewers: number, typing = 0) => ({ stream, node, viewers, typing });
const watched = () => true;

it('adds the nodes up, each with what it said last', () => {
  const board = new PresenceBoard();
  expect(board.hear(report('a', 3, 1), 0)).toBe(true);
  expect(board.hear(report('b', 4), 0)).toBe(true);
  expect(board.hear(report('a', 2), 1)).toBe(false);
  expect(board.others(stream)).toEqual({ viewers: 6, typing: 0 });
  expect(board.others('campaign:8')).toEqual({ viewers: 0, typing: 0 });
});

it('forgets a node that leaves at once, one that falls silent after ten seconds, and streams nobody watches', () => {
  const board = new PresenceBoard();
  board.hear(report('a', 3), 0);
  board.hear(report('b', 4), 5_000);
  board.hear(report('c', 5), 5_000);
  board.hear(report('c', 0), 6_000);
  expect(board.sweep(10_000, watched)).toBe(2);
  expect(board.sweep(10_001, watched)).toBe(1);
  expect(board.others(stream).viewers).toBe(4);
  expect(board.sweep(10_002, () => false)).toBe(0);
  expect(board.others(stream).viewers).toBe(0);
});
