import { groupOf } from '../abuse/identity-terms.ts';
import { fold } from '../text/fold.ts';
import { wordsOf } from '../text/words.ts';
import { plainText } from './plain-text.ts';

const notWords = /https?:\/\/\S{1,300}|@\w{1,50}|(?<![\p{L}\p{N}])rt(?![\p{L}\p{N}])/giu;

/**
 * Words and pairs of them, whose model never sees which group is spoken of: a group's name is the same word for all groups,
 * and by itself no feature (Dixon et al., "Measuring and mitigating unintended bias in text classification", 2018).
 */
export function abuseFeatures(original: string): string[] {
  const words = wordsOf(fold(plainText(original).replace(notWords, ' '))).map(({ text }) =>
    groupOf.has(text) ? 'GROUP' : text,
  );
  const features: string[] = [];
  for (const [at, word] of words.entries()) {
    if (word !== 'GROUP') features.push(`w:${word}`);
    const next = words[at + 1];
    if (next !== undefined && !(word === 'GROUP' && next === 'GROUP')) features.push(`b:${word} ${next}`);
  }
  return [...new Set(features)]; // how often is not asked
}
