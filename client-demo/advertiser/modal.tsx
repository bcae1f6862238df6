import { type ReactNode, useEffect, useId, useRef } from 'react';
import { CloseIcon } from '../icons.tsx';
import { words } from '../words/advertiser.ts';

/** The browser's own dialog: it holds the focus, closes by Escape and gives the focus back. */
export function Modal({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
  }, []);
  return (
    <dialog className="modal" ref={dialog} onClose={onClose} aria-labelledby={id}>
      <header className="modal-head">
        <h2 className="panel-title" id={id}>
          {title}
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label={words.export.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      {children}
    </dialog>
  );
}
