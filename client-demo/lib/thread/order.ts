import type { Comment, CommentSort } from '../../../server/contract/comment.ts';
import type { Entry, List } from './state.ts';

type Comments = ReadonlyMap<number, Entry>;

/** By createdAt, then id, oldest first: the order of the server's lists. */
export function byAge(a: Comment, b: Comment): number {
  return compareTimes(a.createdAt, b.createdAt) || a.id - b.id;
}

/** Puts an id at its place; in `top` order places are the server's, so what comes live goes to the end. */
export function withId(list: List, comments: Comments, id: number): List {
  if (list.ids.includes(id)) return list;
  return { ...list, ids: list.ids.toSpliced(placeOf(list, comments, id), 0, id) };
}

function placeOf(list: List, comments: Comments, id: number): number {
  const entry = comments.get(id);
  if (list.sort === 'top' || entry === undefined) return list.ids.length;
  let low = 0;
  let high = list.ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = comments.get(list.ids[middle] ?? 0);
    if (other !== undefined && compareIn(list.sort, other.comment, entry.comment) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function compareIn(sort: CommentSort, a: Comment, b: Comment): number {
  return sort === 'oldest' ? byAge(a, b) : byAge(b, a);
}

/** Times may carry microseconds, which Date does not hold. */
function compareTimes(a: string, b: string): number {
  if (a === b) return 0;
  return Date.parse(a) - Date.parse(b) || fraction(a) - fraction(b);
}

const fraction = (time: string): number => Number(`0${/\.\d+/.exec(time)?.[0] ?? ''}`);
