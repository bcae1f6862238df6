import type { Comment } from '../../server/contract/comment.ts';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { words } from '../words/moderation.ts';
import type { Detail } from './detail.ts';

/** What it answers, and what stands beside it: a sentence alone may mean anything. */
export function ThreadAround({ detail }: { detail: Detail | null }) {
  if (detail === null) return <div className="bone bone-thread" aria-hidden="true" />;
  const { ancestors, siblings } = detail.thread;
  const before = siblings.filter(({ id }) => id < detail.commentId);
  const after = siblings.filter(({ id }) => id > detail.commentId);
  const depth = Math.min(ancestors.length, 4);
  return (
    <section className="item-part" aria-label={words.item.thread}>
      <h3 className="item-title">{words.item.thread}</h3>
      {ancestors.length + siblings.length === 0 ? (
        <p className="quiet">{words.item.noThread}</p>
      ) : (
        <ol className="thread">
          {ancestors.slice(-4).map((comment, level) => (
            <Neighbour comment={comment} level={level} key={comment.id} />
          ))}
          {before.map((comment) => (
            <Neighbour comment={comment} level={depth} key={comment.id} />
          ))}
          <li className="neighbour neighbour-own" data-level={depth}>
            <span className="neighbour-name">{words.item.here}</span>
          </li>
          {after.map((comment) => (
            <Neighbour comment={comment} level={depth} key={comment.id} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Neighbour({ comment, level }: { comment: Comment; level: number }) {
  return (
    <li className="neighbour" data-level={level}>
      <span className="neighbour-name" dir="auto">
        {comment.author.name}
      </span>{' '}
      <span className="neighbour-text" data-removed={comment.text === null} dir="auto">
        {comment.text ?? words.item.removedText}
      </span>{' '}
      <span className="quiet neighbour-time">
        <RelativeTime at={comment.createdAt} />
      </span>
    </li>
  );
}
