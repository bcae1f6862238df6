import { useEffect } from 'react';
import type { LiveAdvertiser } from '../lib/advertiser/live-advertiser.ts';
import { announce } from '../notices.tsx';
import { happeningText } from './happening-text.ts';

const APART_MS = 5_000;
/** What one write brings about comes within that. */
const TOGETHER_MS = 150;
const SAID_TOGETHER = 3;

/** Reads milestones, alerts and invoices out, once in five seconds at most and then the newest of them together. Likes are not news. */
export function useNews(live: LiveAdvertiser): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let saidAt = Number.NEGATIVE_INFINITY;
    let waiting: string[] = [];
    const say = () => {
      timer = undefined;
      saidAt = Date.now();
      announce(waiting.slice(-SAID_TOGETHER).join('. '));
      waiting = [];
    };
    const end = live.news.subscribe(() => {
      const happening = live.news.get();
      if (happening === null || happening.name === 'engagement:created') return;
      waiting.push(happeningText(happening));
      timer ??= setTimeout(say, Math.max(TOGETHER_MS, saidAt + APART_MS - Date.now()));
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [live]);
}
