import { Avatar } from '../avatar.tsx';
import { WarningIcon } from '../icons.tsx';
import { recall } from '../lib/storage.ts';
import type { Outgoing } from '../lib/thread/state.ts';
import { problemText, strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentText } from './comment-text.tsx';

/** A post of our own that the server has not confirmed, and what is the matter with it. */
export function OutgoingItem({ post }: { post: Outgoing }) {
  const viewerId = useThread((state) => state.viewerId) ?? 0;
  const name = recall('name') ?? strings.comment.you;
  return (
    <li className="comment comment-outgoing" data-status={post.status}>
      <article className="comment-body" aria-label={strings.comment.by(name)}>
        <Avatar id={viewerId} name={name} />
        <div className="comment-main">
          <header className="comment-head">
            <bdi className="comment-author">{name}</bdi>
            <span className="badge badge-own">{strings.comment.you}</span>
            {post.status === 'sending' && <span className="outgoing-state">{strings.outgoing.sending}</span>}
          </header>
          <CommentText text={post.text} />
          {post.status === 'failed' && <Failed post={post} />}
          {post.status === 'in review' && <p className="outgoing-state">{strings.outgoing.inReview}</p>}
        </div>
      </article>
    </li>
  );
}

function Failed({ post }: { post: Outgoing }) {
  const { poster } = useCampaign();
  return (
    <div className="outgoing-failed" role="alert">
      <WarningIcon />
      <span className="outgoing-reason">
        <strong>{strings.outgoing.failed}.</strong>{' '}
        {post.code === 'no_answer' ? strings.outgoing.waits : problemText(post.code ?? '')}
      </span>
      <span className="outgoing-buttons">
        <button type="button" className="text-button" onClick={() => poster.retry(post.key)}>
          {strings.outgoing.retry}
        </button>
        <button type="button" className="text-button" onClick={() => poster.discard(post.key)}>
          {strings.outgoing.discard}
        </button>
      </span>
    </div>
  );
}
