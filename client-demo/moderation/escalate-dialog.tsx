import { useState } from 'react';
import { Modal } from '../modal.tsx';
import { words } from '../words/moderation.ts';

const { escalate: text } = words;

export function EscalateDialog(props: { onClose: () => void; onConfirm: (note: string) => Promise<void> }) {
  const { onClose, onConfirm } = props;
  const [note, setNote] = useState('');
  return (
    <Modal title={text.title} hint={text.hint} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void onConfirm(note.trim());
        }}
      >
        <label className="form-label">
          {text.note}
          <textarea
            className="area"
            rows={3}
            dir="auto"
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </label>
        <div className="modal-actions">
          <button type="button" className="button button-quiet" onClick={onClose}>
            {text.cancel}
          </button>
          <button type="submit" className="button button-primary">
            {text.confirm}
          </button>
        </div>
      </form>
    </Modal>
  );
}
