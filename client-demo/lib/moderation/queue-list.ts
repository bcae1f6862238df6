/**
 * The list of a queue as it stands before a moderator. What happens at the desk changes lines in their places, and moves
 * none: who comes waits to be let in, and who left stays, marked, until the moderator moves on.
 */
import type { Claim, Decision, Item, Queue } from '../../../server/contract/desk.ts';
import type { LogFrame } from '../../../server/contract/live.ts';

export interface Line {
  readonly item: Item;
  /** It is not in this queue any more. */
  readonly hasLeft: boolean;
  /** What took it away, when that is known. */
  readonly decision: Decision | null;
}
export interface QueueList {
  readonly queue: Queue;
  readonly lines: readonly Line[];
  /** Items that came while one looked. */
  readonly waiting: ReadonlySet<number>;
  /** Null: the queue ends here. */
  readonly cursor: string | null;
}

export type DeskEvent = LogFrame<
  | 'moderation:item-entered'
  | 'moderation:item-left'
  | 'moderation:claimed'
  | 'moderation:released'
  | 'moderation:decided'
>;
/** A page of the queue and where in the stream it is true. */
export interface QueuePage {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export const emptyList = (queue: Queue): QueueList => ({ queue, lines: [], waiting: new Set(), cursor: null });

const lineOf = (item: Item): Line => ({ item, hasLeft: false, decision: null });

export const firstPage = (queue: Queue, page: QueuePage): QueueList => ({
  queue,
  lines: page.items.map(lineOf),
  waiting: new Set(),
  cursor: page.nextCursor,
});

/** The order by harm moves while it is read, so an item may be on two pages. */
export function nextPage(list: QueueList, page: QueuePage): QueueList {
  const known = new Set(list.lines.map(({ item }) => item.commentId));
  const added = page.items.filter(({ commentId }) => !known.has(commentId));
  const waiting = new Set([...list.waiting].filter((id) => !added.some(({ commentId }) => commentId === id)));
  return { ...list, lines: [...list.lines, ...added.map(lineOf)], waiting, cursor: page.nextCursor };
}

export function applyEvent(list: QueueList, event: DeskEvent): QueueList {
  switch (event.name) {
    case 'moderation:item-entered':
      return entered(list, event.data);
    case 'moderation:item-left':
      return event.data.queue === list.queue ? left(list, event.data.commentId) : list;
    case 'moderation:claimed':
      return claimed(list, event.data.commentId, event.data);
    case 'moderation:released':
      return claimed(list, event.data.commentId, null);
    case 'moderation:decided':
      return change(list, event.data.commentId, (line) => ({ ...line, decision: event.data }));
    default:
      return event satisfies never;
  }
}

/** Takes away what left, but the one in hand. */
export function sweep(list: QueueList, inHand: number | null): QueueList {
  const lines = list.lines.filter(({ item, hasLeft }) => !hasLeft || item.commentId === inHand);
  return lines.length === list.lines.length ? list : { ...list, lines };
}

/** The nearest one in that direction that is still there to be worked on; null at the end. */
export function neighbour(list: QueueList, id: number | null, step: 1 | -1): number | null {
  const at = list.lines.findIndex(({ item }) => item.commentId === id);
  const from = at === -1 ? (step === 1 ? 0 : list.lines.length - 1) : at + step;
  for (let place = from; place >= 0 && place < list.lines.length; place += step) {
    const line = list.lines[place];
    if (line !== undefined && !line.hasLeft) return line.item.commentId;
  }
  return null;
}

function entered(list: QueueList, item: Omit<Item, 'screens'>): QueueList {
  if (item.queue !== list.queue) return left(list, item.commentId);
  if (list.lines.some((line) => line.item.commentId === item.commentId)) {
    return change(list, item.commentId, (line) => ({
      item: { ...item, screens: line.item.screens },
      hasLeft: false,
      decision: null,
    }));
  }
  return { ...list, waiting: new Set([...list.waiting, item.commentId]) };
}

function left(list: QueueList, id: number): QueueList {
  const waiting = list.waiting.has(id) ? new Set([...list.waiting].filter((other) => other !== id)) : list.waiting;
  return change({ ...list, waiting }, id, (line) => ({ ...line, hasLeft: true }));
}

const claimed = (list: QueueList, id: number, claim: Claim | null) =>
  change(list, id, (line) => ({ ...line, item: { ...line.item, claim } }));

const change = (list: QueueList, id: number, to: (line: Line) => Line): QueueList => ({
  ...list,
  lines: list.lines.map((line) => (line.item.commentId === id ? to(line) : line)),
});
