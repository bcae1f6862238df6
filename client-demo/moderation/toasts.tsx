import { useEffect, useState } from 'react';
import type { RemovalData } from '../../server/contract/live.ts';
import { formatCount, formatDuration } from '../format.ts';
import { CloseIcon } from '../icons.tsx';
import { type Done, UNDO_FOR_MS } from '../lib/moderation/acting.ts';
import { useStore } from '../watching.ts';
import { reasonText, words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { Key } from './key.tsx';
import { said } from './toast-store.ts';
import { undoLast } from './undo-last.ts';

const SHOWN_FOR_MS = 6_000;

/** The last decision with the time left to take it back, and below it what was said of the last act. */
export function Toasts() {
  const { acting } = useDesk();
  const done = useStore(acting.done);
  const last = useStore(said);
  useEffect(() => {
    if (last === null) return;
    const timer = setTimeout(() => said.set(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [last]);
  return (
    <div className="toasts">
      {done !== null && <DoneToast done={done} key={done.until} />}
      <div role="status">
        {last !== null && (
          <p className="notice" data-tone={last.tone} key={last.at}>
            <span>{last.text}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={words.done.dismiss}
              onClick={() => said.set(null)}
            >
              <CloseIcon />
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

function DoneToast({ done }: { done: Done }) {
  const desk = useDesk();
  const { acting, live } = desk;
  const left = useSecondsLeft(done.until, () => acting.done.get() === done && acting.done.set(null));
  const removals = useStore(live.removals);
  const [first] = done.decisions;
  if (first === undefined) return null;
  const removal = done.decisions.length === 1 ? removals.get(first.commentId) : undefined;
  return (
    <div className="notice toast">
      <span className="toast-text" role="status">
        {doneText(done)}
        {removal !== undefined && <span className="toast-removal">{removalText(removal)}</span>}
      </span>
      <button type="button" className="toast-undo" onClick={() => void undoLast(desk)}>
        {words.done.undoButton} <Key>U</Key>
      </button>
      <span className="toast-left number" aria-hidden="true">
        {words.done.seconds(left)}
      </span>
      <span className="toast-bar" style={{ animationDuration: `${UNDO_FOR_MS}ms` }} aria-hidden="true" />
    </div>
  );
}

function doneText({ decisions }: Done): string {
  const [first] = decisions;
  const verb = first?.action === 'reject' ? words.done.reject : words.done.approve;
  if (decisions.length > 1) return words.done.batch(decisions.length, verb.toLowerCase());
  return first?.reason == null ? verb : `${verb}: ${reasonText(first.reason).toLowerCase()}`;
}

/** Gone from 99.9 % of 214 screens in 0.4 s. */
export function removalText({ screens, gone, ms }: RemovalData): string {
  const total = formatCount(screens);
  if (ms === null) return words.item.going(formatCount(gone), screens, total);
  return words.item.gone(gone >= screens ? '100 %' : '99.9 %', screens, total, formatDuration(ms));
}

function useSecondsLeft(until: number, onOver: () => void): number {
  const [left, setLeft] = useState(() => Math.ceil((until - Date.now()) / 1_000));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what happens at the end is told once
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.ceil((until - Date.now()) / 1_000);
      setLeft(Math.max(0, now));
      if (now <= 0) onOver();
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
