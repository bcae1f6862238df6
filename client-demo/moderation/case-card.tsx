import { type ReactNode, useId, useState } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { RelativeTime } from '../campaign/relative-time.tsx';
import type { Acted } from '../lib/moderation/acting.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

interface Answer {
  readonly text: string;
  /** How the button looks. */
  readonly tone: 'primary' | 'danger' | 'quiet';
  readonly give: (explanation: string) => Promise<Acted>;
}
interface CaseCardProps {
  who: string;
  at: string;
  status: { readonly key: string; readonly text: string };
  comment: Comment | null;
  /** What is said about it, above the field for the answer. */
  children: ReactNode;
  label: string;
  answers: readonly Answer[];
  /** What was answered. */
  explanation: string | null;
  onAnswered: () => void;
}

/** Somebody who waits for an answer: the comment, what was said of it, and the words of the answer. */
export function CaseCard(props: CaseCardProps) {
  const { who, at, status, comment, children, label, answers, explanation, onAnswered } = props;
  const { show } = useDesk();
  const [text, setText] = useState('');
  const id = useId();
  const isOpen = status.key === 'open';
  const give = async ({ give: answer }: Answer) => {
    if (text.trim() === '') {
      say(words.appeals.needsWords);
      document.getElementById(id)?.focus();
      return;
    }
    const acted = await answer(text.trim());
    if (!acted.ok) say(refusalText(acted.refused), 'problem');
    else onAnswered();
  };
  return (
    <article className="case">
      <header className="case-head">
        <h3 className="case-name" dir="auto">
          {who}
        </h3>
        <span className="quiet">
          <RelativeTime at={at} />
        </span>
        <span className={`chip ${isOpen ? 'chip-warn' : ''}`}>{status.text}</span>
      </header>
      <div className="case-body">
        <div className="case-side">
          <h4 className="item-title">{words.appeals.comment}</h4>
          <p className="case-comment" dir="auto">
            {comment?.text ?? words.item.removedText}
          </p>
          {comment !== null && (
            <button
              type="button"
              className="text-button"
              onClick={() => show({ tab: 'queue', queue: 'rejected', item: comment.id })}
            >
              {words.appeals.openItem}
            </button>
          )}
        </div>
        <div className="case-side">{children}</div>
      </div>
      {isOpen ? (
        <div className="case-answer">
          <label className="form-label" htmlFor={id}>
            {label}
          </label>
          <textarea
            id={id}
            className="area"
            rows={2}
            dir="auto"
            maxLength={2_000}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <div className="case-buttons">
            {answers.map((answer) => (
              <button
                type="button"
                key={answer.text}
                className={`button button-small button-${answer.tone}`}
                onClick={() => void give(answer)}
              >
                {answer.text}
              </button>
            ))}
          </div>
        </div>
      ) : (
        explanation !== null && (
          <p className="case-explanation" dir="auto">
            {explanation}
          </p>
        )
      )}
    </article>
  );
}
