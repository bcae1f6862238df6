import { type ReactNode, useEffect, useId, useRef } from 'react';
import { CloseIcon } from '../icons.tsx';
import { words } from '../words/campaign.ts';
import { closeDialog } from './dialogs.ts';

interface ModalProps {
  title: string;
  hint?: string | undefined;
  children: ReactNode;
}

/** The browser's own dialog: it holds the focus, makes the page behind it inert and closes by Escape. */
export function Modal({ title, hint, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog
      className="dialog"
      ref={dialog}
      onClose={closeDialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
    >
      <header className="dialog-head">
        <h2 className="dialog-title" id={`${id}-title`}>
          {title}
        </h2>
        <button type="button" className="icon-button" aria-label={words.close} onClick={closeDialog}>
          <CloseIcon />
        </button>
      </header>
      {hint !== undefined && (
        <p className="dialog-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </dialog>
  );
}
