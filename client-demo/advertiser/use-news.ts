import { useEffect } from 'react';
import type { LiveAdvertiser } from '../lib/advertiser/live-advertiser.ts';
import { announce } from '../notices.tsx';
import { happeningText } from './happening-text.ts';

const APART_MS = 5_000;

/** Reads milestones, alerts and invoices out, at most one in five seconds: of several the newest. Likes are not news. */
export function useNews(live: LiveAdvertiser): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let saidAt = 0;
    const end = live.news.subscribe(() => {
      const happening = live.news.get();
      if (happening === null || happening.name === 'engagement:created') return;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          saidAt = Date.now();
          announce(happeningText(happening));
        },
        Math.max(0, saidAt + APART_MS - Date.now()),
      );
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [live]);
}
