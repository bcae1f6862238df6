import { useEffect } from 'react';
import type { LiveDesk } from '../lib/moderation/live-desk.ts';
import { announce } from '../notices.tsx';
import { words } from '../words/moderation.ts';

const APART_MS = 10_000;

/** Tells those who listen how many wait to be let in: not each one, and at most once in ten seconds. */
export function useAnnouncements(live: LiveDesk): void {
  useEffect(() => {
    let told = live.list.get().waiting.size;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = live.list.subscribe(() => {
      const { size } = live.list.get().waiting;
      if (size < told) told = size;
      if (size === told || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        const now = live.list.get().waiting.size;
        if (now > told) announce(words.announce.fresh(now));
        told = now;
      }, APART_MS);
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [live]);
}
