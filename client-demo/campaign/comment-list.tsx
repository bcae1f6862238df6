import { lazy, Suspense } from 'react';
import { CommentItem } from './comment-item.tsx';

const WindowedComments = lazy(() => import('./windowed-comments.tsx'));

/** Lists from so many on draw only what is near the view. */
export const WINDOWED_FROM = 60;

/** The comments of the top level; a long list comes with what it takes to stay smooth. */
export function CommentList({ ids, more }: { ids: readonly number[]; more: boolean }) {
  const all = (
    <ol className="comments">
      {ids.map((id) => (
        <CommentItem key={id} id={id} level={0} />
      ))}
    </ol>
  );
  if (ids.length < WINDOWED_FROM) return all;
  return (
    <Suspense fallback={all}>
      <WindowedComments ids={ids} more={more} />
    </Suspense>
  );
}
