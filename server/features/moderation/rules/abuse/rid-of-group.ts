import * as lexicon from './attack-words.ts';
import { mentionAt, type Phrase, past, type Sentence, wordAt, wordsBefore } from './phrase.ts';

const sending = new Set(['send', 'kick', 'throw', 'ship', 'get']);
const away = new Set(['back', 'out', 'away']);
const tellers = new Set('they he she who tried wanted police people'.split(' '));

/** A group to be without: "get rid of …", "send … back", "I wish … were dead", "why are … so stupid". */
export function ridOfGroup(sentence: Sentence, at: number): Phrase | null {
  const verb = wordAt(sentence, at);
  const isRid = verb === 'get' && wordAt(sentence, at + 1) === 'rid' && wordAt(sentence, at + 2) === 'of';
  if (!isRid && !sending.has(verb) && verb !== 'wish' && verb !== 'why') return null;
  if (wordsBefore(sentence, at).some(({ text }) => tellers.has(text))) return null;
  const from = verb === 'why' && wordAt(sentence, at + 1) === 'are' ? at + 2 : at + (isRid ? 3 : 1);
  const mention = mentionAt(sentence, past(sentence, from));
  if (mention === null) return null;
  const { group } = mention;
  const to = isRid ? mention.to : endOf(verb, sentence, mention.to);
  return to === null ? null : { kind: 'group', from: at, to, group, own: new Set() };
}

const onward = new Set(['', 'of', 'where', 'home', 'from', 'now', 'on', 'already']);

/** "Send … back to", "get … out of": not "get … out to vote", "send … back their money". */
function leaves(sentence: Sentence, at: number): boolean {
  const next = wordAt(sentence, at + 1);
  return away.has(wordAt(sentence, at)) && (onward.has(next) || (next === 'to' && wordAt(sentence, at) === 'back'));
}

function endOf(verb: string, sentence: Sentence, to: number): number | null {
  if (sending.has(verb)) return leaves(sentence, to) ? to + 1 : null;
  if (verb === 'wish') {
    const end = past(sentence, to, new Set(['were', 'was', 'would', 'all', 'just', 'be']));
    return end > to && ['dead', 'die', 'gone', 'extinct'].includes(wordAt(sentence, end)) ? end + 1 : null;
  }
  const what = past(sentence, to, lexicon.affirming);
  if (lexicon.lessThanHuman.has(wordAt(sentence, what))) return what + 1;
  return what > to && lexicon.lessThanHuman.has(wordAt(sentence, what - 1)) ? what : null;
}
