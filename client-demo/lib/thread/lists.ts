/** How pages fill the lists. The comments of a page have to be in `comments` before. */
import type { ListedComment } from '../../../server/contract/comment.ts';
import type { PageRead } from './messages.ts';
import { compareIn, withId } from './order.ts';
import { type Entry, emptyList, type List } from './state.ts';

type Comments = ReadonlyMap<number, Entry>;

/** `list` (an empty one at first) with its next page. */
export function extend(list: List, comments: Comments, page: PageRead): List {
  const ends = { cursor: page.nextCursor, complete: page.nextCursor === null };
  if (list.sort === 'top') return { ...list, ...ends, ...rankedIds(list, page) };
  const boundId = page.items.at(-1)?.id ?? list.boundId;
  return page.items.reduce((all, { id }) => withId(all, comments, id), { ...list, ...ends, boundId });
}

/** Ranks move while one pages: what is listed already stays where it is, the rest goes before the live tail. */
function rankedIds(list: List, page: PageRead): Pick<List, 'ids' | 'boundId'> {
  const pagedTo = gapAt(list);
  const head = list.ids.slice(0, pagedTo);
  const fresh = page.items.map(({ id }) => id).filter((id) => !head.includes(id));
  const tail = list.ids.slice(pagedTo).filter((id) => !fresh.includes(id));
  return { ids: [...head, ...fresh, ...tail], boundId: fresh.at(-1) ?? list.boundId };
}

/** Where in `ids` the pages end and the live tail begins. */
export const gapAt = (list: List): number => (list.boundId === null ? 0 : list.ids.indexOf(list.boundId) + 1);

/**
 * Adds to the first page of a top-level list what is known besides: what came later than the page was read, and what
 * lies in its range and was restored since.
 */
export function withKnown(list: List, comments: Comments, page: PageRead): List {
  let filled = list;
  for (const [id, { comment, seq, live }] of comments) {
    if (comment.parentId !== null) continue;
    const later = live && (seq === 0 || seq > page.seq);
    if (later || coversId(list, comments, id)) filled = withId(filled, comments, id);
  }
  return filled;
}

/** Whether the pages read so far go as far as this comment. By rank that can't be told from the comment. */
export function coversId(list: List, comments: Comments, id: number): boolean {
  const bound = list.boundId === null ? undefined : comments.get(list.boundId)?.comment;
  const comment = comments.get(id)?.comment;
  if (list.complete) return true;
  return (
    list.sort !== 'top' && bound !== undefined && comment !== undefined && compareIn(list.sort, comment, bound) <= 0
  );
}

/** The branch below an item that a page brought: its preview, joined to what is known of the branch. */
export function branchBelow(item: ListedComment, known: List | undefined, comments: Comments, previews: number): List {
  if (known !== undefined && (known.complete || known.boundId !== null)) return known;
  const preview = item.replyPreview;
  const published = preview?.filter((reply) => reply.removed === undefined).length ?? 0;
  const accounted = preview?.reduce((sum, reply) => sum + reply.descendants, published) ?? 0;
  const complete = accounted >= item.descendants || (preview !== undefined && preview.length < previews);
  const list: List = { ...emptyList('oldest'), boundId: preview?.at(-1)?.id ?? null, complete };
  const ids = [...(preview?.map(({ id }) => id) ?? []), ...(known?.ids ?? [])];
  return ids.reduce((all, id) => withId(all, comments, id), list);
}
