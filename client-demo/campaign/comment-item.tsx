import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { Avatar } from '../avatar.tsx';
import { isPublished } from '../lib/thread/select.ts';
import { strings } from '../strings.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentActions } from './comment-actions.tsx';
import { CommentText } from './comment-text.tsx';
import { Composer } from './composer.tsx';
import { hasDraft } from './drafts.ts';
import { DEEPEST_INDENT, FLAT_ON_PHONES } from './indent.ts';
import { RelativeTime } from './relative-time.tsx';
import { Replies } from './replies.tsx';

/** A comment with what stands below it. `level` counts what is drawn, not the depth in the database. */
export const CommentItem = memo(function CommentItem({ id, level }: { id: number; level: number }) {
  const comment = useThread((state) => state.comments.get(id)?.comment);
  const [replying, setReplying] = useState(() => comment !== undefined && hasDraft(comment.campaignId, id));
  const replyButton = useRef<HTMLButtonElement>(null);
  if (comment === undefined) return null;
  const draw = (reply: number) => <CommentItem key={reply} id={reply} level={level + 1} />;
  const close = () => {
    setReplying(false);
    replyButton.current?.focus({ preventScroll: true });
  };
  return (
    <li className="comment" id={`comment-${id}`} tabIndex={-1}>
      <article className="comment-body" aria-label={strings.comment.by(comment.author.name)}>
        {isPublished(comment) ? (
          <Published comment={comment} level={level}>
            <CommentActions comment={comment} replying={replying} onReply={setReplying} replyButton={replyButton} />
          </Published>
        ) : (
          <Tombstone comment={comment} />
        )}
      </article>
      {replying && <Composer parentId={id} replyTo={comment.author.name} onClose={close} />}
      <Replies parentId={id} name={comment.author.name} level={level} draw={draw} />
    </li>
  );
});

function Published({ comment, level, children }: { comment: Comment; level: number; children: ReactNode }) {
  const own = useThread((state) => state.viewerId === comment.author.id);
  const { drawn } = useCampaign();
  useEffect(() => drawn.add(comment.id), [drawn, comment.id]);
  return (
    <>
      <Avatar id={comment.author.id} name={comment.author.name} />
      <div className="comment-main">
        <header className="comment-head">
          <bdi className="comment-author">{comment.author.name}</bdi>
          {own && <span className="badge badge-own">{strings.comment.you}</span>}
          {level >= FLAT_ON_PHONES && <Answers comment={comment} level={level} />}
          <RelativeTime at={comment.createdAt} />
          {comment.editedAt !== null && <span className="comment-edited">{strings.comment.edited}</span>}
        </header>
        <CommentText text={comment.text ?? ''} />
        {children}
      </div>
    </>
  );
}

/** Where replies no longer stand further in than what they answer, they say whom they answer. */
function Answers({ comment, level }: { comment: Comment; level: number }) {
  const name = useThread((state) => state.comments.get(comment.parentId ?? 0)?.comment.author.name);
  if (name === undefined) return null;
  return (
    <span className={level > DEEPEST_INDENT ? 'answers' : 'answers answers-phone'}>
      {strings.comment.answers(name)}
    </span>
  );
}

function Tombstone({ comment }: { comment: Comment }) {
  const by = comment.removed === undefined ? '' : ` ${strings.comment.removedBy[comment.removed.by]}`;
  return (
    <>
      <span className="avatar avatar-gone" aria-hidden="true" />
      <p className="comment-main tombstone">
        {strings.comment.removed}
        {by}
      </p>
    </>
  );
}
