import type { RefObject } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { formatCount, formatDuration } from '../format.ts';
import { HeartIcon, ReplyIcon } from '../icons.tsx';
import { reactionOf, shownReplies } from '../lib/thread/select.ts';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { CommentMore } from './comment-more.tsx';
import { bars, useRestriction } from './restriction.tsx';

interface CommentActionsProps {
  comment: Comment;
  replying: boolean;
  onReply: (replying: boolean) => void;
  onEdit: () => void;
  replyButton: RefObject<HTMLButtonElement | null>;
}

export function CommentActions({ comment, replying, onReply, onEdit, replyButton }: CommentActionsProps) {
  const campaign = useCampaign();
  const { id, author } = comment;
  const { on, count } = useThread((state) => reactionOf(state, `comment:${id}`));
  const open = useThread((state) => isOpen(state.campaign?.value.status) && state.viewerId !== null);
  const barred = bars(useRestriction());
  return (
    <div className="comment-actions">
      <button
        type="button"
        className="small-action"
        aria-pressed={on}
        aria-label={strings.comment.heart(author.name, count)}
        onClick={() => campaign.reactor.toggle(`comment:${id}`)}
      >
        <HeartIcon filled={on} />
        <span className="number">{count > 0 ? formatCount(count) : ''}</span>
      </button>
      {open && !barred && (
        <button
          type="button"
          ref={replyButton}
          className="small-action"
          aria-expanded={replying}
          aria-label={strings.comment.replyTo(author.name)}
          onClick={() => onReply(!replying)}
        >
          <ReplyIcon />
          <span>{strings.comment.reply}</span>
        </button>
      )}
      <CommentMore comment={comment} onEdit={onEdit} />
      <Reached id={id} />
      <ArrivedReplies parentId={id} />
    </div>
  );
}

const isOpen = (status: string | undefined): boolean => status === 'live' || status === 'paused';

/** How far a comment of our own got, told to us alone; in this row its coming moves nothing. */
function Reached({ id }: { id: number }) {
  const receipt = useThread((state) => state.receipts.get(id));
  if (receipt === undefined) return null;
  const { sockets, p90Ms } = receipt;
  return (
    <span className="receipt" title={strings.comment.reachedWithin(formatDuration(p90Ms))}>
      {strings.comment.reached(sockets, formatCount(sockets))}
    </span>
  );
}

/** In a row that is there anyway, so that its coming moves nothing either. */
function ArrivedReplies({ parentId }: { parentId: number }) {
  const campaign = useCampaign();
  const ids = useThread((state) => shownReplies(state, parentId).arrivals);
  if (ids.length === 0) return null;
  return (
    <button type="button" className="small-action small-action-new" onClick={() => campaign.reveal(ids)}>
      {strings.discussion.arrivedReplies(ids.length)}
    </button>
  );
}
