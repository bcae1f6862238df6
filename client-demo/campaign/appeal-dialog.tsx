import { useState } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { CommentModal } from './comment-modal.tsx';
import { DialogFoot } from './dialog-foot.tsx';
import { closeDialog } from './dialogs.ts';
import { useSending } from './use-sending.ts';

export function AppealDialog({ comment }: { comment: Comment }) {
  const { own } = useCampaign();
  const [text, setText] = useState('');
  const { busy, code, send } = useSending(
    () => own.appeal(comment.id, text.trim()),
    () => {
      announce(words.appealing.sent);
      closeDialog();
    },
  );
  const empty = text.trim() === '';
  return (
    <CommentModal comment={comment} title={words.appealing.title} hint={words.appealing.hint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty) void send();
        }}
      >
        <label className="dialog-label">
          {words.appealing.field}
          <textarea
            className="dialog-field"
            rows={4}
            maxLength={2_000}
            dir="auto"
            required
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <DialogFoot label={words.appealing.send} busy={busy} code={code} disabled={empty} />
      </form>
    </CommentModal>
  );
}
