import { expect, it } from 'vitest';
import type { Decision, Item, Queue } from '../../../server/contract/desk.ts';
import { applyEvent, type DeskEvent, firstPage, neighbour, nextPage, type QueueList, sweep } from './queue-list.ts';

const item = (commentId: number, queue: Queue = 'reported', revision = 1) =>
  ({ commentId, queue, revision, screens: 3, claim: null }) as unknown as Item;
const event = (name: string, data: object) => ({ name, data }) as unknown as DeskEvent;
const entered = (...given: Parameters<typeof item>) => event('moderation:item-entered', item(...given));
const left = (commentId: number) => event('moderation:item-left', { commentId, queue: 'reported' });
const list = () => firstPage('reported', { items: [item(1), item(2), item(3)], nextCursor: null });
const shown = ({ lines }: QueueList) => lines.map((line) => `${line.item.commentId}${line.hasLeft ? ' left' : ''}`);

it('an item that enters waits, and moves no line', () => {
  const after = applyEvent(list(), entered(9));
  expect([shown(after), [...after.waiting]]).toEqual([['1', '2', '3'], [9]]);
});

it('an item that waits and leaves again is gone', () => {
  expect([...applyEvent(applyEvent(list(), entered(9)), left(9)).waiting]).toEqual([]);
});

it('an item that enters its own queue again is replaced in its place', () => {
  const after = applyEvent(list(), entered(2, 'reported', 4));
  expect([shown(after), after.lines[1]?.item.revision, after.waiting.size]).toEqual([['1', '2', '3'], 4, 0]);
});

it('an item that leaves keeps its place until the moderator moves on, and the one in hand beyond that', () => {
  const after = applyEvent(applyEvent(list(), left(1)), left(2));
  expect([shown(after), shown(sweep(after, 2))]).toEqual([
    ['1 left', '2 left', '3'],
    ['2 left', '3'],
  ]);
});

it('what took an item away is told on its line, whichever of the two events comes first', () => {
  const decision = { commentId: 2, action: 'approve' } as Decision;
  const decided = event('moderation:decided', decision);
  for (const events of [
    [left(2), decided],
    [decided, left(2)],
  ]) {
    expect(events.reduce(applyEvent, list()).lines[1]).toMatchObject({ hasLeft: true, decision });
  }
});

it('moving goes past what has left, and stops at the ends', () => {
  const after = applyEvent(list(), left(2));
  expect([neighbour(after, 1, 1), neighbour(after, 3, -1), neighbour(after, 3, 1), neighbour(after, null, 1)]).toEqual([
    3,
    1,
    null,
    1,
  ]);
});

it('a claim is on its line for as long as it lasts', () => {
  const claim = { commentId: 2, by: { id: 7, name: 'Mia' }, until: '2026-01-01T00:00:00Z' };
  const claimed = applyEvent(list(), event('moderation:claimed', claim));
  expect(claimed.lines[1]?.item.claim).toEqual(claim);
  expect(applyEvent(claimed, event('moderation:released', claim)).lines[1]?.item.claim).toBe(null);
});

it('an item that is on two pages is on one line', () => {
  expect(shown(nextPage(list(), { items: [item(3), item(4)], nextCursor: null }))).toEqual(['1', '2', '3', '4']);
});
