interface Orderable {
  key: string;
  parent: string | null;
  atMs: number;
}

/**
 * By time, but a reply never before what it replies to (it moves behind it, and becomes due no earlier). A parent that
 * is not there makes the reply top-level, and so does a circle, for the earliest post in it.
 */
export function orderPosts<P extends Orderable>(posts: P[]): P[] {
  const byTime = [...posts].sort((a, b) => a.atMs - b.atMs);
  const keys = new Set(posts.map((post) => post.key));
  const placed = new Map<string, number>();
  const waiting = new Map<string, P[]>();
  const ordered: P[] = [];

  const place = (first: P) => {
    const next = [first];
    for (let post = next.pop(); post; post = next.pop()) {
      const parentAtMs = placed.get(post.parent ?? '') ?? Number.NEGATIVE_INFINITY;
      const due = { ...post, atMs: Math.max(post.atMs, parentAtMs) };
      placed.set(due.key, due.atMs);
      ordered.push(due);
      const replies = waiting.get(due.key) ?? [];
      waiting.delete(due.key);
      next.push(...replies.toReversed());
    }
  };

  const breakCircle = (post: P) => {
    const parent = post.parent ?? '';
    const siblings = waiting.get(parent) ?? [];
    waiting.set(
      parent,
      siblings.filter((sibling) => sibling.key !== post.key),
    );
    place({ ...post, parent: null });
  };

  for (const post of byTime) {
    if (post.parent === null || !keys.has(post.parent)) place({ ...post, parent: null });
    else if (placed.has(post.parent)) place(post);
    else waiting.set(post.parent, [...(waiting.get(post.parent) ?? []), post]);
  }
  for (const post of byTime) if (!placed.has(post.key)) breakCircle(post);
  return ordered;
}
