import { type RefObject, useState } from 'react';
import { RelativeTime } from '../campaign/relative-time.tsx';
import { actionText, reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import type { Detail } from './detail.ts';
import { refusalText } from './refusal-text.ts';
import { say } from './toast-store.ts';

interface NotesProps {
  detail: Detail | null;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** What colleagues wrote and decided before. */
export function NotesAndDecisions({ detail, field }: NotesProps) {
  if (detail === null) return null;
  return (
    <>
      {detail.decisions.length > 0 && (
        <section className="item-part" aria-label={words.item.decisions}>
          <h3 className="item-title">{words.item.decisions}</h3>
          <ol className="past">
            {detail.decisions.map((decision) => (
              <li className="past-line" key={decision.id}>
                <span className="past-what">{actionText(decision.action)}</span>
                <span className="past-why" dir="auto">
                  {[decision.reason === null ? null : reasonText(decision.reason), decision.explanation]
                    .filter(Boolean)
                    .join(': ')}
                </span>
                <span className="quiet">
                  {decision.moderator.name ?? words.aRule}, <RelativeTime at={decision.at} />
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <section className="item-part" aria-label={words.item.notes}>
        <h3 className="item-title">{words.item.notes}</h3>
        <ol className="past">
          {detail.notes.map((note) => (
            <li className="past-line" key={note.id}>
              <span className="past-why" dir="auto">
                {note.text}
              </span>
              <span className="quiet">
                {note.moderator.name}, <RelativeTime at={note.at} />
              </span>
            </li>
          ))}
        </ol>
        <NoteField id={detail.commentId} field={field} />
      </section>
    </>
  );
}

function NoteField({ id, field }: { id: number; field: NotesProps['field'] }) {
  const { acting, live } = useDesk();
  const [text, setText] = useState('');
  const add = async () => {
    const note = text.trim();
    if (note === '') return;
    const acted = await acting.note(id, note);
    say(acted.ok ? words.done.noted : refusalText(acted.refused), acted.ok ? 'plain' : 'problem');
    if (!acted.ok) return;
    setText('');
    live.touch(id);
    field.current?.blur();
  };
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <textarea
        ref={field}
        className="area"
        rows={1}
        dir="auto"
        aria-label={words.item.addNote}
        placeholder={words.item.notePlaceholder}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add();
        }}
      />
      <button type="submit" className="button button-quiet button-small" disabled={text.trim() === ''}>
        {words.item.addNote}
      </button>
    </form>
  );
}
