/** What is measured inside a browser's page: when comments were painted, and how long its frames took. */
import type { Page } from 'playwright-core';

/** A frame that takes longer is one that a person notices. */
export const LONG_FRAME_MS = 50;

interface Recorder {
  painted: Record<number, number>;
  frames: number[];
  stop: () => number[];
}
declare global {
  interface Window {
    recorder: Recorder;
  }
}

/** From now on the page keeps when each comment of the bench was first painted: after the frame that drew it. */
export async function recordPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const recorder: Recorder = { painted: {}, frames: [], stop: () => [] };
    window.recorder = recorder;
    const look = (records: MutationRecord[]) => {
      const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
      const numbers = added.flatMap((node) =>
        [...(node.textContent ?? '').matchAll(/bench#(\d+)#/g)].map(([, n]) => n),
      );
      if (numbers.length === 0) return;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const now = performance.timeOrigin + performance.now();
          for (const number of numbers) recorder.painted[Number(number)] ??= now;
          port1.close();
        };
        port2.postMessage(null);
      });
    };
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
}

/** Milliseconds since 1970 of each number's first painting, and forgets them. */
export const takePaints = (page: Page): Promise<Record<number, number>> =>
  page.evaluate(() => {
    const { painted } = window.recorder;
    window.recorder.painted = {};
    return painted;
  });

export interface Frames {
  count: number;
  long: number;
  longest: number;
}

/** The page's frames while `act` is at work: how many, how many too long, and the longest in ms. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    let running = requestAnimationFrame(function frame(now) {
      frames.push(now - last);
      last = now;
      running = requestAnimationFrame(frame);
    });
    const stop = () => {
      cancelAnimationFrame(running);
      return frames.slice(1);
    };
    window.recorder = { painted: {}, frames, stop };
  });
  await act();
  const frames = await page.evaluate(() => window.recorder.stop());
  return {
    count: frames.length,
    long: frames.filter((ms) => ms > LONG_FRAME_MS).length,
    longest: Math.max(0, ...frames),
  };
}

/** Scrolls by `px` in every frame for so many seconds. */
export const scrollFor = (page: Page, seconds: number, px: number): Promise<void> =>
  page.evaluate(
    ([forMs = 0, by = 0]) =>
      new Promise<void>((resolve) => {
        const end = performance.now() + forMs;
        const step = () => {
          scrollBy(0, by);
          if (performance.now() < end) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      }),
    [seconds * 1_000, px],
  );

/** Scrolls to the end again and again until the page has loaded so many comments. Answers how many it has. */
export const loadAll = (page: Page, count: number, withinMs: number): Promise<number> =>
  page.evaluate(
    async ([wanted = 0, within = 0]) => {
      const end = performance.now() + within;
      const last = () =>
        Number(document.querySelector('.comments-windowed > .comment:last-child')?.getAttribute('aria-posinset') ?? 0);
      document.querySelector<HTMLButtonElement>('.load-more')?.click();
      while (last() < wanted && performance.now() < end) {
        scrollTo(0, document.body.scrollHeight);
        await new Promise(requestAnimationFrame);
      }
      return last();
    },
    [count, withinMs],
  );
