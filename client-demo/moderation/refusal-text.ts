import { formatClock } from '../format.ts';
import type { Refused } from '../lib/moderation/acting.ts';
import { words } from '../words/moderation.ts';
import { problemText } from '../words/page.ts';

const plain = words.problems as Record<string, string | ((...parts: string[]) => string)>;

/** Who was first, or why not, in a sentence. */
export function refusalText({ code, by, until, action }: Refused): string {
  if (code === 'already_claimed') {
    return words.problems.already_claimed(by ?? words.aRule, until === null ? '' : formatClock(Date.parse(until)));
  }
  if (code === 'already_decided') {
    return words.problems.already_decided(by ?? words.aRule, words.verbs[action ?? ''] ?? words.verbs.approve ?? '');
  }
  const known = plain[code];
  return typeof known === 'string' ? known : problemText(code);
}
