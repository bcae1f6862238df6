import * as lexicon from './attack-words.ts';
import { type Phrase, past, type Sentence, wordAt } from './phrase.ts';

const second = new Set(['you', 'u', 'youre', 'ur', 'ya']);
const whoever = new Set([...second, 'yourself', 'urself', 'family', 'mother', 'mom', 'kids', 'children', 'wife']);
const between = new Set([...lexicon.affirming, 'are', 'r', 'is', 'bunch']);
const articles = new Set(['the', 'a', 'an', 'its', 'their', 'at']);
const none: ReadonlySet<number> = new Set();

/** A slur with a reader for its subject: "you fucking …", "shut up, …". */
export function slurAtReader(sentence: Sentence, at: number): Phrase | null {
  const first = wordAt(sentence, at);
  const silenced = first === 'stfu' || first === 'gtfo' || (first === 'up' && wordAt(sentence, at - 1) === 'shut');
  if (!second.has(first) && !silenced) return null;
  let to = past(sentence, at + 1, between);
  while (to < at + 4 && sentence[to]?.slur === false && lexicon.lessThanHuman.has(wordAt(sentence, to))) to++;
  if (wordAt(sentence, to) === 'retard' && articles.has(wordAt(sentence, to + 1))) return null; // the verb
  return sentence[to]?.slur ? { kind: 'slur', from: at, to: to + 1, group: 'slur', own: none } : null;
}

const swearing = new Set('will am going to gonna fucking come find you and are u'.split(' '));
const possessive = new Set(['all', 'of', 'both', 'the', 'your', 'ur', 'whole']);
const sworn = new Set(['will', 'gonna', 'going', 'ill']);
const harm = /^(?:kill|murder|shoot|stab|rape|behead|strangle|lynch|hang|butcher|slaughter)$/;
const wished = new Set(['die', 'rot', 'cancer', ...lexicon.suffered]);

/** "I will kill you", "kill yourself", "I hope you die". */
export function threat(sentence: Sentence, at: number): Phrase | null {
  const now = wordAt(sentence, at);
  const next = wordAt(sentence, at + 1);
  const found = (to: number): Phrase => ({ kind: 'threat', from: at, to, group: null, own: none });
  if (now === 'kys') return found(at + 1);
  if (now === 'kill' && (next === 'yourself' || next === 'urself')) return found(at + 2);
  if (now === 'hope' && second.has(next) && wordAt(sentence, at - 1) === 'i') {
    const end = past(sentence, at + 2, new Set(['get', 'all', 'fucking', 'both']));
    const isMeant = !/^(?:laughter|laughing|happiness|joy)$/.test(wordAt(sentence, end + 2));
    return isMeant && wished.has(wordAt(sentence, end)) ? found(end + 1) : null;
  }
  if (!['ill', 'i', 'im', 'we', 'gonna'].includes(now)) return null;
  const verb = past(sentence, at + 1, swearing);
  const isSworn = sentence.slice(at, verb).some(({ text }) => sworn.has(text));
  const object = past(sentence, verb + 1, possessive);
  const isMeant = whoever.has(wordAt(sentence, object)) && !articles.has(wordAt(sentence, object + 1)); // "shoot you an email"
  return isSworn && isMeant && harm.test(wordAt(sentence, verb)) ? found(object + 1) : null;
}
