import { type ReactNode, useEffect, useId, useRef } from 'react';
import { CloseIcon } from './icons.tsx';
import { strings } from './words/page.ts';
import './styles/modal.css';

interface ModalProps {
  title: string;
  hint?: string | undefined;
  onClose: () => void;
  /** What has the focus afterwards, asked once the dialog has gone; without it, what had the focus before. */
  returnTo?: () => HTMLElement | null;
  children: ReactNode;
}

/**
 * The browser's own dialog: it holds the focus, makes the page behind it inert and closes by Escape. However it goes,
 * also by a form that was sent, the focus is given back: an element that is only taken away would leave it to nobody.
 */
export function Modal({ title, hint, onClose, returnTo, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const wanted = useRef(returnTo);
  wanted.current = returnTo;
  useEffect(() => {
    const before = document.activeElement;
    if (dialog.current?.open === false) dialog.current.showModal();
    return () => giveFocus(wanted.current?.() ?? null, before);
  }, []);
  return (
    <dialog
      className="modal"
      ref={dialog}
      onClose={onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
    >
      <header className="modal-head">
        <h2 className="modal-title" id={`${id}-title`}>
          {title}
        </h2>
        <button
          type="button"
          className="icon-button"
          aria-label={strings.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      {hint !== undefined && (
        <p className="modal-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </dialog>
  );
}

/** Once the dialog has gone; before that all else is inert. What has taken the focus since keeps it. */
function giveFocus(wanted: HTMLElement | null, before: Element | null): void {
  if (wanted !== null) wanted.focus({ preventScroll: true });
  else if (document.activeElement === document.body && before instanceof HTMLElement) {
    before.focus({ preventScroll: true });
  }
}
