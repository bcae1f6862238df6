import { useState } from 'react';
import { type Comment, type FlagReason, flagReasonSchema } from '../../server/contract/comment.ts';
import { words } from '../words/campaign.ts';
import { strings } from '../words/page.ts';
import { useCampaign } from './campaign-context.ts';
import { CommentModal } from './comment-modal.tsx';
import { DialogFoot } from './dialog-foot.tsx';
import { closeDialog } from './dialogs.ts';
import { Quoted } from './quoted.tsx';
import { useSending } from './use-sending.ts';

export function ReportDialog({ comment }: { comment: Comment }) {
  const campaign = useCampaign();
  const [reason, setReason] = useState<FlagReason | null>(null);
  const [note, setNote] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, code, send } = useSending(
    async () => (reason === null ? null : campaign.report(comment.id, reason, note.trim())),
    () => setSent(true),
  );
  if (sent) return <Thanks comment={comment} />;
  return (
    <CommentModal comment={comment} title={words.reporting.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason !== null) void send();
        }}
      >
        <Quoted comment={comment} />
        <fieldset className="reasons">
          <legend className="dialog-label">{words.reporting.why}</legend>
          {flagReasonSchema.options.map((option) => (
            <label key={option} className="reason">
              <input
                type="radio"
                name="reason"
                value={option}
                required
                checked={reason === option}
                onChange={() => setReason(option)}
              />
              <span>
                <span className="reason-name">{words.reporting.reasons[option][0]}</span>
                <span className="reason-hint">{words.reporting.reasons[option][1]}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <label className="dialog-label">
          {words.reporting.note}
          <textarea
            className="dialog-field"
            rows={2}
            maxLength={1_000}
            dir="auto"
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <DialogFoot label={words.reporting.send} busy={busy} code={code} disabled={reason === null} />
      </form>
    </CommentModal>
  );
}

function Thanks({ comment }: { comment: Comment }) {
  return (
    <CommentModal comment={comment} title={words.reporting.thanks} hint={words.reporting.thanksHint}>
      <footer className="dialog-foot">
        <button type="button" className="button button-primary" onClick={closeDialog}>
          {strings.close}
        </button>
      </footer>
    </CommentModal>
  );
}
