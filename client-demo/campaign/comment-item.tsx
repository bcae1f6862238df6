import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { Avatar } from '../avatar.tsx';
import { isPublished } from '../lib/thread/select.ts';
import { Link } from '../routing.tsx';
import { useStore } from '../watching.ts';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentActions } from './comment-actions.tsx';
import { CommentText } from './comment-text.tsx';
import { Composer } from './composer.tsx';
import { hasDraft } from './drafts.ts';
import { EditForm } from './edit-form.tsx';
import { DEEPEST_INDENT, FLAT_ON_PHONES } from './indent.ts';
import { markedComment } from './permalink.ts';
import { RelativeTime } from './relative-time.tsx';
import { Replies } from './replies.tsx';
import { bars, useRestriction } from './restriction.tsx';
import { Withheld } from './withheld.tsx';

interface CommentItemProps {
  id: number;
  level: number;
  /** Its place in a list that is drawn in part, and how many that has: -1 when that is not known. */
  index?: number;
  count?: number;
  /** In px from the top of such a list, which has to know how high each item is. */
  start?: number;
  measure?: (item: Element | null) => void;
}

/** A comment with what stands below it. `level` counts what is drawn, not the depth in the database. */
export const CommentItem = memo(function CommentItem(props: CommentItemProps) {
  const { id, level, index, start } = props;
  const comment = useThread((state) => state.comments.get(id)?.comment);
  const [replying, setReplying] = useState(() => comment !== undefined && hasDraft(comment.campaignId, id));
  const replyButton = useRef<HTMLButtonElement>(null);
  const withheld = useThread((state) => state.own.get(id));
  const [editing, setEditing] = useState(false);
  const barred = bars(useRestriction());
  const marked = useStore(markedComment) === id;
  if (comment === undefined) return null;
  const draw = (reply: number) => <CommentItem key={reply} id={reply} level={level + 1} />;
  const close = () => {
    setReplying(false);
    replyButton.current?.focus({ preventScroll: true });
  };
  const stopEditing = () => {
    setEditing(false);
    document.getElementById(`comment-${id}`)?.focus({ preventScroll: true });
  };
  return (
    <li
      className={marked ? 'comment comment-marked' : 'comment'}
      id={`comment-${id}`}
      tabIndex={-1}
      ref={props.measure}
      data-index={index}
      aria-posinset={index === undefined ? undefined : index + 1}
      aria-setsize={props.count}
      style={start === undefined ? undefined : { transform: `translateY(${start}px)` }}
    >
      <article className="comment-body" aria-label={strings.comment.by(comment.author.name)}>
        {isPublished(comment) && (
          <Published comment={comment} level={level} editing={editing} onEdited={stopEditing}>
            <CommentActions
              comment={comment}
              replying={replying}
              onReply={setReplying}
              onEdit={() => setEditing(true)}
              replyButton={replyButton}
            />
          </Published>
        )}
        {!isPublished(comment) && (withheld ? <Withheld comment={withheld} /> : <Tombstone comment={comment} />)}
      </article>
      {replying && !barred && <Composer parentId={id} replyTo={comment.author.name} onClose={close} />}
      <Replies parentId={id} name={comment.author.name} level={level} draw={draw} />
    </li>
  );
});

interface PublishedProps {
  comment: Comment;
  level: number;
  editing: boolean;
  onEdited: () => void;
  children: ReactNode;
}

function Published({ comment, level, editing, onEdited, children }: PublishedProps) {
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
          <CommentTime comment={comment} />
          {comment.editedAt !== null && <span className="comment-edited">{strings.comment.edited}</span>}
        </header>
        {editing ? <EditForm comment={comment} onDone={onEdited} /> : <CommentText text={comment.text ?? ''} />}
        {!editing && children}
      </div>
    </>
  );
}

/** When it was written, and where it is found again. */
function CommentTime({ comment: { id, createdAt } }: { comment: Comment }) {
  return (
    <Link to={`?comment=${id}`} className="permalink" keepsScroll>
      <RelativeTime at={createdAt} />
    </Link>
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
