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
