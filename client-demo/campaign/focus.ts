/**
 * Moves the focus to the comment that now stands at `index` of a list. For buttons that may vanish with what they load:
 * a keyboard goes on with the first thing that came, and nothing scrolls.
 */
export function focusComment(list: Element | null | undefined, index: number): void {
  requestAnimationFrame(() => {
    const comment =
      list?.querySelector(`:scope > .comment[data-index="${index}"]`) ??
      list?.querySelectorAll(':scope > .comment').item(index);
    if (comment instanceof HTMLElement) comment.focus({ preventScroll: true });
  });
}

export const elementOf = (commentId: number): HTMLElement | null => document.getElementById(`comment-${commentId}`);

/** Where a reader goes on when a comment has gone: the one below it, else above it, else the one it answers. */
export function besideComment(commentId: number): HTMLElement | null {
  const item = elementOf(commentId);
  const beside = item?.nextElementSibling ?? item?.previousElementSibling ?? item?.parentElement?.closest('.comment');
  return beside instanceof HTMLElement ? beside : null;
}
