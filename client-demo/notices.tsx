/** Short messages: visible ones for what went wrong or was done, and silent ones for those who listen. */
import { useEffect } from 'react';
import { CloseIcon } from './icons.tsx';
import { codeOf } from './lib/problem.ts';
import { Store } from './lib/store.ts';
import { useStore } from './watching.ts';
import { problemText, strings } from './words/page.ts';

interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'problem';
}

const SHOWN_FOR_MS = 6_000;
const notice = new Store<Notice | null>(null);
const spoken = new Store('');
let count = 0;

export const notify = (text: string): void => notice.set({ id: ++count, text, tone: 'plain' });
export const notifyProblem = (error: unknown): void =>
  notice.set({ id: ++count, text: problemText(codeOf(error)), tone: 'problem' });

/** Read out by screen readers when they get to it, and not shown. */
export const announce = (text: string): void => spoken.set(spoken.get() === text ? `${text}\u00a0` : text);

export function Notices() {
  const shown = useStore(notice);
  const words = useStore(spoken);
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(() => notice.set(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      <div className="visually-hidden" aria-live="polite">
        {words}
      </div>
      <div className="notices" role="status">
        {shown !== null && (
          <div className={`notice notice-${shown.tone}`} key={shown.id}>
            <span>{shown.text}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={strings.notices.dismiss}
              onClick={() => notice.set(null)}
            >
              <CloseIcon />
            </button>
          </div>
        )}
      </div>
    </>
  );
}
