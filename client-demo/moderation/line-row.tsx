import { memo } from 'react';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { formatCount } from '../format.ts';
import { CheckIcon, CloseIcon } from '../icons.tsx';
import { suggestedReason } from '../lib/moderation/evidence.ts';
import type { Line } from '../lib/moderation/queue-list.ts';
import { useSelected, useStore } from '../watching.ts';
import { ruleText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { hand, marked, toggleMark } from './hand.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

interface LineRowProps {
  line: Line;
  isInHand: boolean;
  /** px from the top of the list. */
  top: number;
  place: number;
  /** How many there are, -1 while that is not known. */
  of: number;
}

/** One comment of a queue: who and what, why it is here, and who is on it. */
export const LineRow = memo(function LineRow({ line, isInHand, top, place, of }: LineRowProps) {
  const { show, viewerId } = useDesk();
  const { item, hasLeft, decision } = line;
  const { commentId, comment, claim } = item;
  const isMarked = useSelected(marked, (ids) => ids.has(commentId));
  return (
    <li
      className="line"
      style={{ transform: `translateY(${top}px)` }}
      data-comment={commentId}
      data-in-hand={isInHand}
      data-left={hasLeft}
      aria-posinset={place}
      aria-setsize={of}
    >
      <input
        type="checkbox"
        className="line-mark"
        aria-label={words.list.mark(comment.author.name)}
        checked={isMarked}
        onChange={() => toggleMark(commentId)}
      />
      <button
        type="button"
        className="line-open"
        id={`line-${commentId}`}
        aria-current={isInHand ? 'true' : undefined}
        onClick={() => show({ item: commentId })}
      >
        <span className="line-head">
          <span className="line-name" dir="auto">
            {comment.author.name}
          </span>
          <span className="line-time">
            <RelativeTime at={item.enteredAt} />
          </span>
        </span>
        <span className="line-text" dir="auto">
          {comment.text}
        </span>
        <span className="line-facts">
          {hasLeft ? (
            <Outcome line={line} />
          ) : (
            <>
              {item.escalated && <span className="chip chip-danger">{words.list.escalated}</span>}
              {item.flags.total > 0 && (
                <span className="chip chip-warn">{words.list.flags(item.flags.open || item.flags.total)}</span>
              )}
              {item.rules[0] !== undefined && <span className="chip">{ruleText(item.rules[0].rule)}</span>}
              {claim !== null && (
                <span className="chip chip-claim">
                  {claim.by.id === viewerId ? words.list.claimedByYou : words.list.claimedBy(claim.by.name)}
                </span>
              )}
              {claim === null && decision === null && <OnScreens line={line} />}
            </>
          )}
        </span>
      </button>
      {!hasLeft && <RowActions line={line} isInHand={isInHand} />}
    </li>
  );
});

function OnScreens({ line: { item } }: { line: Line }) {
  const { live } = useDesk();
  const screens = useSelected(live.screens, (all) => all.get(item.commentId)) ?? item.screens;
  if (screens === 0) return null;
  return <span className="line-screens number">{words.list.screens(screens, formatCount(screens))}</span>;
}

function Outcome({ line: { decision } }: { line: Line }) {
  if (decision === null) return <span className="chip">{words.item.left}</span>;
  const name = decision.moderator.name ?? words.aRule;
  return <span className="chip">{words.item.leftBy(name, words.verbs[decision.action] ?? decision.action)}</span>;
}

function RowActions({ line: { item }, isInHand }: { line: Line; isInHand: boolean }) {
  const { acting } = useDesk();
  const now = useStore(hand);
  const decide = async (action: 'approve' | 'reject') => {
    if (now?.commentId === item.commentId) {
      if (action === 'approve') now.approve();
      else now.reject();
      return;
    }
    const reason = action === 'reject' ? (suggestedReason(item) ?? 'other') : null;
    const acted = await acting.decide(item, reason === null ? { action } : { action, reason });
    if (!acted.ok) say(refusalText(acted.refused), 'problem');
  };
  const tabIndex = isInHand ? 0 : -1;
  return (
    <span className="line-actions">
      <button
        type="button"
        className="line-action"
        aria-label={words.decide.approve}
        title={words.decide.approve}
        tabIndex={tabIndex}
        onClick={() => void decide('approve')}
      >
        <CheckIcon />
      </button>
      <button
        type="button"
        className="line-action line-action-danger"
        aria-label={words.decide.reject}
        title={words.decide.reject}
        tabIndex={tabIndex}
        onClick={() => void decide('reject')}
      >
        <CloseIcon />
      </button>
    </span>
  );
}
