import type { Comment } from '../../server/contract/comment.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/campaign.ts';
import { useCampaign } from './campaign-context.ts';
import { DialogFoot } from './dialog-foot.tsx';
import { closeDialog } from './dialogs.ts';
import { Modal } from './modal.tsx';
import { Quoted } from './quoted.tsx';
import { useSending } from './use-sending.ts';

export function RemoveDialog({ comment }: { comment: Comment }) {
  const { editor } = useCampaign();
  const { busy, code, send } = useSending(
    () => editor.remove(comment),
    () => {
      announce(words.removing.done);
      closeDialog();
    },
  );
  return (
    <Modal title={words.removing.title} hint={words.removing.hint}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Quoted comment={comment} />
        <DialogFoot label={words.removing.confirm} busy={busy} code={code} danger />
      </form>
    </Modal>
  );
}
