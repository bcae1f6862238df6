/**
 * When an ad was really seen, by the MRC's Viewable Ad Impression Measurement Guidelines: at least half of its pixels in
 * the viewport of a page in the foreground, for one continuous second; for a video two.
 */
import type { Clock } from '../delay.ts';

export const DISPLAY_MS = 1_000;
export const VIDEO_MS = 2_000;
const HALF = 0.5;

/** What a browser knows of an element and its page; handed in, so that tests can be one. */
export interface Sight {
  /** Tells the share of the element's pixels in the viewport, at once and whenever half is crossed. The answer ends it. */
  observe(element: Element, onRatio: (ratio: number) => void): () => void;
  isForeground(): boolean;
  onForeground(act: () => void): () => void;
}

export interface ViewabilityOptions {
  element: Element;
  /** How long half of it has to be seen without a break, in milliseconds. */
  requiredMs: number;
  sight: Sight;
  clock: Clock;
  /** Called once, with the time it was seen for. */
  onViewable: (durationMs: number) => void;
}

/** Starts over whenever the ad leaves or the page goes to the background. The answer ends the watch. */
export function watchViewability({ element, requiredMs, sight, clock, onViewable }: ViewabilityOptions): () => void {
  let ratio = 0;
  let since: number | null = null;
  let cancel: (() => void) | null = null;

  const seen = () => {
    stop();
    // Clocks may be set back meanwhile; the timer has waited for the whole of it.
    onViewable(Math.max(requiredMs, Math.round(clock.now() - (since ?? clock.now()))));
  };
  const look = () => {
    const counts = ratio >= HALF && sight.isForeground();
    if (counts && cancel === null) {
      since = clock.now();
      cancel = clock.after(requiredMs, seen);
    } else if (!counts) {
      cancel?.();
      cancel = null;
    }
  };
  const ends = [
    sight.onForeground(look),
    sight.observe(element, (now) => {
      ratio = now;
      look();
    }),
  ];
  const stop = () => {
    cancel?.();
    cancel = null;
    for (const end of ends.splice(0)) end();
  };
  return stop;
}

/** The browser's own. */
export const browserSight: Sight = {
  observe(element, onRatio) {
    const observer = new IntersectionObserver((entries) => onRatio(entries.at(-1)?.intersectionRatio ?? 0), {
      threshold: [0, HALF],
    });
    observer.observe(element);
    return () => observer.disconnect();
  },
  isForeground: () => document.visibilityState === 'visible',
  onForeground(act) {
    document.addEventListener('visibilitychange', act);
    return () => document.removeEventListener('visibilitychange', act);
  },
};
