import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { COMMENT_MAX_GRAPHEMES } from '../../server/contract/comment.ts';
import { countGraphemes } from '../format.ts';
import { announce } from '../notices.tsx';
import { strings } from '../words/page.ts';
import { useCampaign, useThread } from './campaign-context.ts';
import { keepDraft, readDraft } from './drafts.ts';
import { inSteps } from './in-steps.ts';
import { Nudge } from './nudge.tsx';

interface ComposerProps {
  parentId: number | null;
  /** Whom a reply answers. */
  replyTo?: string;
  onClose?: () => void;
}

const COUNT_FROM = COMMENT_MAX_GRAPHEMES - 500;

export function Composer({ parentId, replyTo, onClose }: ComposerProps) {
  const { poster, typing, link, emptied } = useCampaign();
  const [nudge, setNudge] = useState<string | null>(null);
  const [checking, setChecking] = useState(false);
  const campaignId = useThread((state) => state.campaign?.value.id ?? 0);
  const [text, setText] = useState(() => readDraft(campaignId, parentId));
  const field = useRef<HTMLTextAreaElement>(null);
  const length = countGraphemes(text, COMMENT_MAX_GRAPHEMES);
  const postable = text.trim() !== '' && length <= COMMENT_MAX_GRAPHEMES;

  useEffect(() => {
    if (parentId !== null && field.current?.value === '') field.current.focus({ preventScroll: true });
  }, [parentId]);

  const write = (next: string) => {
    setText(next);
    keepDraft(campaignId, parentId, next);
    setNudge(null);
    if (next.trim() !== '') void typing.key();
  };
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!postable) {
      field.current?.focus();
      return;
    }
    if (checking) return;
    setChecking(true);
    // Without a connection the answer would be late for certain.
    const sentence = link.store.get().state === 'live' ? await poster.nudge(text.trim(), parentId) : null;
    setChecking(false);
    if (sentence === null) post();
    else setNudge(sentence);
  };
  const post = () => {
    setNudge(null);
    poster.post(text.trim(), parentId).then((posted) => posted && announce(strings.announce.posted));
    write('');
    onClose?.();
    emptied.set(emptied.get() + 1);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
    if (event.key === 'Escape' && text.trim() === '') onClose?.();
  };

  return (
    <form className={parentId === null ? 'composer' : 'composer composer-reply'} onSubmit={(event) => void send(event)}>
      <textarea
        ref={field}
        className="composer-field"
        rows={parentId === null ? 2 : 1}
        value={text}
        dir="auto"
        data-reply={parentId !== null}
        aria-label={replyTo === undefined ? strings.composer.comment : strings.comment.replyTo(replyTo)}
        placeholder={replyTo === undefined ? strings.composer.placeholder : strings.composer.replyPlaceholder(replyTo)}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKey}
      />
      {nudge !== null && <Nudge sentence={nudge} onEdit={() => field.current?.focus()} onPost={post} />}
      <div className="composer-foot">
        <Hint length={length} />
        {onClose !== undefined && (
          <button type="button" className="button button-quiet" onClick={onClose}>
            {strings.composer.cancel}
          </button>
        )}
        <button type="submit" className="button button-primary" aria-disabled={!postable}>
          {parentId === null ? strings.composer.post : strings.composer.reply}
        </button>
      </div>
    </form>
  );
}

/** How to post and, near the limit, how much is left. */
function Hint({ length }: { length: number }) {
  if (length < COUNT_FROM) return <span className="composer-hint">{strings.composer.shortcut}</span>;
  const left = COMMENT_MAX_GRAPHEMES - length;
  return (
    <span className={left < 0 ? 'composer-hint composer-over' : 'composer-hint'}>
      <span aria-hidden="true">{left < 0 ? strings.composer.tooLong(-left) : strings.composer.left(left)}</span>
      <span className="visually-hidden" role="status">
        {left < 0 ? strings.composer.tooLongAlone : strings.composer.leftAbout(inSteps(left))}
      </span>
    </span>
  );
}
