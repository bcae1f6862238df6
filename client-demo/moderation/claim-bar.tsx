import { useEffect, useRef, useState } from 'react';
import type { Item } from '../../server/contract/desk.ts';
import { formatClock } from '../format.ts';
import { useStore } from '../watching.ts';
import { words } from '../words/moderation.ts';
import { useDesk } from './desk-context.ts';
import { hand } from './hand.ts';
import { Key } from './key.tsx';

const RENEW_EVERY_MS = 30_000;

/** Whose it is. One's own lease is renewed for as long as the comment is open and in sight, and given back after that. */
export function ClaimBar({ item }: { item: Item }) {
  const { acting, viewerId } = useDesk();
  const now = useStore(hand);
  const { claim, commentId } = item;
  const isOwn = claim !== null && claim.by.id === viewerId;
  const held = useRef(false);
  held.current = isOwn;
  useEffect(() => {
    if (!isOwn) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void acting.claim(commentId);
    }, RENEW_EVERY_MS);
    return () => clearInterval(timer);
  }, [isOwn, acting, commentId]);
  useEffect(
    () => () => {
      if (held.current) void acting.release(commentId);
    },
    [acting, commentId],
  );
  return (
    <p className="claim" data-claim={claim === null ? 'free' : isOwn ? 'own' : 'other'}>
      {claim !== null && !isOwn && <span>{words.claim.of(claim.by.name, formatClock(Date.parse(claim.until)))}</span>}
      {claim !== null && isOwn && (
        <span>
          <Left until={claim.until} /> <span className="quiet">{words.claim.yoursHint}</span>
        </span>
      )}
      {(claim === null || isOwn) && (
        <button type="button" className="text-button" onClick={() => now?.claim()}>
          {isOwn ? words.claim.release : words.claim.take} <Key>C</Key>
        </button>
      )}
    </p>
  );
}

function Left({ until }: { until: string }) {
  const left = () => Math.max(0, Math.round((Date.parse(until) - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lease says all
  useEffect(() => {
    setSeconds(left());
    const timer = setInterval(() => setSeconds(left()), 1_000);
    return () => clearInterval(timer);
  }, [until]);
  return <span className="number">{words.claim.yours(words.done.seconds(seconds))}</span>;
}
