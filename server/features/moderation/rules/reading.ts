import type { Span, Submission } from './judgement.ts';
import { type Folded, fold, originalSpan } from './text/fold.ts';
import { type Link, linksOf } from './text/links.ts';
import { type Spelling, spellingsOf } from './text/spellings.ts';
import { type Word, wordsOf } from './text/words.ts';

/**
 * A submission as the rules read it. What several rules need is made once, and only when one asks. Every part is linear in
 * the text, whatever it holds; texts that fold to more than `readable` units are nobody's comment.
 */
export interface Reading {
  submission: Submission;
  folded: Folded;
  words(): Word[];
  spellings(): Spelling[];
  links(): Link[];
  /** The original words at folded offsets. */
  span(start: number, end: number): Span;
}

/** Folded units: twenty for each of the 5,000 characters a comment may have. */
export const readable = 100_000;

export function read(submission: Submission): Reading {
  const folded = fold(submission.text);
  if (folded.text.length > readable) throw new RangeError(`more than ${readable} units to read`);
  const words = once(() => wordsOf(folded));
  return {
    submission,
    folded,
    words,
    spellings: once(() => spellingsOf(folded, words())),
    links: once(() => linksOf(submission.text)),
    span(start, end) {
      const original = originalSpan(folded, start, end);
      return { text: submission.text.slice(original.start, original.end), ...original };
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
