import type { Span } from '../judgement.ts';
import type { Rule } from '../rule.ts';

/** Every pattern is linear: what repeats is bounded, and what stands next to it is of another class. */
const patterns: [kind: string, pattern: RegExp][] = [
  ['mail', /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu],
  ['mail', /\b[a-z0-9._-]{1,64} ?[([{] ?at ?[)\]}] ?[a-z0-9-]{1,63} ?(?:[([{] ?dot ?[)\]}]|\.) ?[a-z]{2,10}\b/g],
  ['phone', /(?<![\p{L}\p{N}.,/])(?:\+|00)\d{1,3}[ ().-]{0,3}\d{2,5}(?:[ ().-]{1,2}\d{2,5}){1,4}(?![\p{L}\d,])/gu],
  ['phone', /(?<![\p{L}\p{N}.,/])\+\d{9,15}(?!\d)/gu],
  ['phone', /(?<![\p{L}\p{N}.,/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\d.,-])/gu],
  [
    'messenger',
    /\b(?:whats ?app|telegram|wechat|viber|kik|snap ?chat|skype|discord|line id|signal|insta(?:gram)?|ig)(?: me)?(?: (?:at|is|on|id))? ?[:@=+] ?@?[a-z0-9._+-]{3,40}/g,
  ],
  ['messenger', /\b(?:t\.me|wa\.me|discord\.gg)\/[a-z0-9_+-]{3,40}/g],
  ['messenger', /\b(?:text|call|whats ?app|kik|dm|message) me (?:at|on) [a-z0-9@+._-]{3,40}/g],
];

/** An address or a number at which the writer wants to be reached. */
export const contact: Rule<object> = (reading) => {
  const { text } = reading.folded;
  const found: (Span & { kind: string })[] = [];
  for (const [kind, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      if (found.length < 20) found.push({ kind, ...reading.span(match.index, match.index + match[0].length) });
    }
  }
  return found.length > 0 ? { evidence: { words: found } } : null;
};
