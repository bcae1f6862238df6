import { useRef } from 'react';
import type { Comment } from '../../server/contract/comment.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { CommentModal } from './comment-modal.tsx';
import { DialogFoot } from './dialog-foot.tsx';
import { closeDialog } from './dialogs.ts';
import { besideComment, elementOf } from './focus.ts';
import { Quoted } from './quoted.tsx';
import { useSending } from './use-sending.ts';

export function RemoveDialog({ comment }: { comment: Comment }) {
  const { editor } = useCampaign();
  const beside = useRef(besideComment(comment.id));
  const removed = useRef(false);
  const { busy, code, send } = useSending(
    () => editor.remove(comment),
    () => {
      removed.current = true;
      announce(words.removing.done);
      closeDialog();
    },
  );
  return (
    <CommentModal
      comment={comment}
      title={words.removing.title}
      hint={words.removing.hint}
      returnTo={() => (removed.current ? beside.current : elementOf(comment.id))}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Quoted comment={comment} />
        <DialogFoot label={words.removing.confirm} busy={busy} code={code} danger />
      </form>
    </CommentModal>
  );
}
