import { words } from '../words/campaign.ts';
import { problemText } from '../words/page.ts';
import { closeDialog } from './dialogs.ts';

interface DialogFootProps {
  label: string;
  busy: boolean;
  /** Of the problem that kept it from being done. */
  code: string | null;
  danger?: boolean;
  disabled?: boolean;
}

export function DialogFoot({ label, busy, code, danger = false, disabled = false }: DialogFootProps) {
  return (
    <footer className="dialog-foot">
      <p className="dialog-problem" role="alert">
        {code === null ? '' : problemText(code)}
      </p>
      <button type="button" className="button button-quiet" onClick={closeDialog}>
        {words.cancel}
      </button>
      <button
        type="submit"
        className={danger ? 'button button-danger' : 'button button-primary'}
        aria-disabled={busy || disabled}
      >
        {busy ? words.sending : label}
      </button>
    </footer>
  );
}
