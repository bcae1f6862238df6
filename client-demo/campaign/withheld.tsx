import type { Comment } from '../../server/contract/comment.ts';
import { Avatar } from '../avatar.tsx';
import { ClockIcon, WarningIcon } from '../icons.tsx';
import { reasonText, words } from '../words/campaign.ts';
import { strings } from '../words/page.ts';
import { CommentText } from './comment-text.tsx';
import { askedDialog } from './dialogs.ts';
import { RelativeTime } from './relative-time.tsx';

/** A comment of one's own that others are not shown: held for review or rejected, why, and what can be done about it. */
export function Withheld({ comment }: { comment: Comment }) {
  const { author, text, status, createdAt } = comment;
  return (
    <>
      <Avatar id={author.id} name={author.name} />
      <div className="comment-main">
        <header className="comment-head">
          <bdi className="comment-author">{author.name}</bdi>
          <span className="badge badge-own">{strings.comment.you}</span>
          <RelativeTime at={createdAt} />
        </header>
        <div className="withheld-text">{text !== null && <CommentText text={text} />}</div>
        {status === 'pending' ? <Held comment={comment} /> : <Rejected comment={comment} />}
      </div>
    </>
  );
}

function Held({ comment }: { comment: Comment }) {
  return (
    <div className="standing standing-held" role="status">
      <ClockIcon />
      <div>
        <p>
          <strong>{words.withheld.held}.</strong> {words.withheld.heldHint}
        </p>
        <Reason comment={comment} />
      </div>
    </div>
  );
}

function Rejected({ comment }: { comment: Comment }) {
  const { removed } = comment;
  const appeal = removed?.appeal ?? null;
  return (
    <div className="standing standing-rejected" role="status">
      <WarningIcon />
      <div>
        <p>
          <strong>{words.withheld.rejected[removed?.by ?? 'moderator']}.</strong> {words.withheld.rejectedHint}
        </p>
        <Reason comment={comment} />
        {appeal !== null && (
          <p className="standing-line">
            {words.withheld.appeal[appeal.status]}
            {appeal.explanation !== null && (
              <q className="standing-words" dir="auto">
                {appeal.explanation}
              </q>
            )}
          </p>
        )}
        {removed?.appealable === true && (
          <button
            type="button"
            className="text-button"
            aria-haspopup="dialog"
            onClick={() => askedDialog.set({ kind: 'appeal', comment })}
          >
            {words.appealing.open}
          </button>
        )}
      </div>
    </div>
  );
}

function Reason({ comment: { removed } }: { comment: Comment }) {
  if (removed === undefined) return null;
  const { reason, explanation } = removed;
  if (reason === null && !explanation) return null;
  return (
    <p className="standing-line">
      {reason !== null && `${words.withheld.reason}: ${reasonText(reason)}.`}
      {explanation && (
        <q className="standing-words" dir="auto">
          {explanation}
        </q>
      )}
    </p>
  );
}
