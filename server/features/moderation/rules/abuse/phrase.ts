import * as lexicon from './attack-words.ts';
import { adjectives, groupOf, people, singular } from './identity-terms.ts';
import type { Token } from './sentences.ts';

/** A sentence that says something of somebody: which of its words, and of whom. */
export interface Phrase {
  kind: 'group' | 'slur' | 'threat';
  /** Tokens [from, to). */
  from: number;
  to: number;
  group: string | null;
  /** Tokens that negate and belong to the attack: "don't belong here". */
  own: ReadonlySet<number>;
}

export type Sentence = readonly Token[];

export interface Mention {
  to: number;
  group: string;
}

export function wordAt(sentence: Sentence, at: number): string {
  return sentence[at]?.text ?? '';
}

/** Of a sentence without end the nearest: each word looks back, and all of them together may not take the square of it. */
export function wordsBefore(sentence: Sentence, at: number): Sentence {
  return sentence.slice(Math.max(0, at - 40), at);
}

const mostFillers = 6;

/** The first token from `from` on that is none of the fillers. */
export function past(sentence: Sentence, from: number, fillers: ReadonlySet<string> = lexicon.fillers): number {
  let at = from;
  while (at < from + mostFillers && fillers.has(wordAt(sentence, at))) at++;
  return at;
}

/** A whole group named at a token: in the plural, as "every …", or as an adjective before people. One person is none. */
export function mentionAt(sentence: Sentence, at: number): Mention | null {
  const token = sentence[at];
  if (token === undefined) return null;
  if (token.slur) return token.text.endsWith('s') ? { to: at + 1, group: 'slur' } : null;
  const group = groupOf.get(token.text);
  if (group === undefined) return null;
  const next = wordAt(sentence, at + 1);
  if (adjectives.has(token.text) && (people.has(next) || groupOf.has(next))) return { to: at + 2, group };
  if (singular.has(token.text)) return every.has(wordAt(sentence, at - 1)) ? { to: at + 1, group } : null;
  return adjectives.has(token.text) || notPeople.has(token.text) ? null : { to: at + 1, group };
}

const every = new Set(['every', 'any', 'all']);
const notPeople = new Set(['wheelchair', 'disability', 'disabilities', 'islam', 'lgbt', 'lgbtq']);
