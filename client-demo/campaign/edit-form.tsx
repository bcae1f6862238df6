import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { COMMENT_MAX_GRAPHEMES, type Comment } from '../../server/contract/comment.ts';
import { countGraphemes } from '../format.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/campaign.ts';
import { problemText, strings } from '../words/page.ts';
import { useCampaign } from './campaign-context.ts';
import { CommentText } from './comment-text.tsx';

/**
 * Another text for a comment of one's own, made from the revision one began with. When another screen was quicker, both
 * texts are shown and its author chooses.
 */
export function EditForm({ comment, onDone }: { comment: Comment; onDone: () => void }) {
  const { editor } = useCampaign();
  const [began, setBegan] = useState(comment);
  const [text, setText] = useState(comment.text ?? '');
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const length = countGraphemes(text, COMMENT_MAX_GRAPHEMES);
  const savable = text.trim() !== '' && length <= COMMENT_MAX_GRAPHEMES && !busy;
  const stale = comment.revision !== began.revision;

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.setSelectionRange(-1, -1);
  }, []);

  const save = async (from: Comment) => {
    if (!savable) return;
    setBusy(true);
    setCode(null);
    const failed = await editor.edit(from, text.trim());
    setBusy(false);
    if (failed === null) {
      announce(words.editing.saved);
      onDone();
    } else if (failed === 'stale_revision') await editor.refresh(comment.id);
    else setCode(failed);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!stale) void save(began);
  };
  const overwrite = () => {
    setBegan(comment);
    void save(comment);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !stale) void save(began);
    if (event.key === 'Escape') onDone();
  };
  return (
    <form className="composer composer-edit" onSubmit={submit}>
      <textarea
        ref={field}
        className="composer-field"
        rows={2}
        value={text}
        dir="auto"
        data-reply="true"
        aria-label={words.editing.field}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      {stale && (
        <div className="stale" role="alert">
          <p>{words.editing.stale}</p>
          <CommentText text={comment.text ?? ''} />
        </div>
      )}
      {code !== null && (
        <p className="composer-problem" role="alert">
          {problemText(code)}
        </p>
      )}
      <div className="composer-foot">
        <span className="composer-hint">
          {length > COMMENT_MAX_GRAPHEMES ? strings.composer.tooLong(length - COMMENT_MAX_GRAPHEMES) : ''}
        </span>
        <button type="button" className="button button-quiet" onClick={onDone}>
          {stale ? words.editing.useTheirs : words.cancel}
        </button>
        {stale ? (
          <button type="button" className="button button-primary" aria-disabled={!savable} onClick={overwrite}>
            {words.editing.useMine}
          </button>
        ) : (
          <button type="submit" className="button button-primary" aria-disabled={!savable}>
            {busy ? words.editing.saving : words.editing.save}
          </button>
        )}
      </div>
    </form>
  );
}
