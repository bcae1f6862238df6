import { isbot } from 'isbot';
import manifest from 'isbot/package.json' with { type: 'json' };
import { LRUCache } from 'lru-cache';

/**
 * The version of the list of crawlers, as one whole number: 5.2.3 is 50203. It is the version of the rule `user_agent`,
 * so impressions judged by an older list are known.
 */
export const crawlerListVersion = versionNumber(manifest.version);

/**
 * What the fetch of Node.js says when its program does not name itself: a platform's own server that passes on what its
 * viewers saw, most likely. isbot takes every bare word for a bot; the lists of real crawlers have neither.
 */
const unnamed = /^(node|undici)$/;

/** The list is one large expression, and a busy site sees the same few browsers again and again. */
const known = new LRUCache<string, boolean>({ max: 10_000 });

/**
 * Whether this User-Agent is a crawler's, by the maintained list of the package isbot. No User-Agent at all is nobody's:
 * browsers behind proxies may have none, and it says nothing by itself.
 */
export function isCrawler(userAgent: string | null): boolean {
  if (userAgent === null || userAgent === '') return false;
  const text = userAgent.slice(0, 1_000); // what follows is never a name; and an expression's time is bounded by its input
  let crawler = known.get(text);
  if (crawler === undefined) {
    crawler = isbot(text) && !unnamed.test(text);
    known.set(text, crawler);
  }
  return crawler;
}

export function versionNumber(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  return major * 10_000 + minor * 100 + patch;
}
