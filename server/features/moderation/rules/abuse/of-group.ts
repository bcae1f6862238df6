import * as lexicon from './attack-words.ts';
import { type Mention, mentionAt, type Phrase, past, type Sentence, wordAt } from './phrase.ts';

/** A group as the subject: "… are vermin", "… should be shot", "… don't belong here". Told of the past it is history. */
export function ofGroup(sentence: Sentence, at: number): Phrase | null {
  const mention = mentionAt(sentence, at);
  if (mention === null) return null;
  const own = new Set<number>();
  const to = saidOf(sentence, at, mention, own);
  return to === null ? null : { kind: 'group', from: at, to, group: mention.group, own };
}

const being = new Set(['are', 'r', 'theyre']);
const ought = new Set('should must need needs deserve deserves ought gotta'.split(' '));
const places = /^(?:kitchen|ovens?|zoo|cages?|jail|prison|chambers?|hell|camps?|gas|trash)$/;
const harming = /^(?:ruin|ruined|ruining|destroy|pollute|infest|invade)$/;
const sickening = /^(?:disgust|repulse|sicken)s?$/;

/** Where what is said ends; null when it is no attack. */
function saidOf(sentence: Sentence, from: number, { to }: Mention, own: Set<number>): number | null {
  const verb = wordAt(sentence, to);
  const next = wordAt(sentence, to + 1);
  const isEach = verb === 'is' && ['every', 'any'].includes(wordAt(sentence, from - 1));
  if (being.has(verb) || isEach) return described(sentence, to + 1, own);
  if (ought.has(verb)) return shouldBe(sentence, to + 1, own);
  if (verb === 'dont' && (next === 'belong' || next === 'deserve')) {
    own.add(to);
    return next === 'belong' || denied.test(wordAt(sentence, past(sentence, to + 2))) ? to + 2 : null;
  }
  if (verb === 'belong' && next === 'in') return places.test(wordAt(sentence, past(sentence, to + 2))) ? to + 3 : null;
  if (sickening.test(verb)) return next === 'me' ? to + 2 : null;
  return harming.test(verb) ? to + 1 : null;
}

/** Some fillers are insults: "are disgusting" ends with one. */
function described(sentence: Sentence, from: number, own: Set<number>): number | null {
  if (wordAt(sentence, from) === 'not' && human.test(wordAt(sentence, from + 1))) {
    own.add(from);
    return from + 2;
  }
  const what = past(sentence, from, lexicon.affirming);
  const noun = wordAt(sentence, what);
  if (lexicon.lessThanHuman.has(noun) || lexicon.belittling.has(noun) || sentence[what]?.slur === true) return what + 1;
  return what > from && lexicon.lessThanHuman.has(wordAt(sentence, what - 1)) ? what : null;
}

const human = /^(?:humans?|people|welcome)$/;
const denied = /^(?:rights|life|respect|to|freedom|human)$/;
const forbidden = /^(?:allowed|exist|vote|drive|live|breed|work|rights)$/;
const auxiliaries = new Set([...lexicon.fillers, 'to', 'be', 'get', 'have', 'been']);

/** "… should be shot", "… must go back", "… should never be allowed to vote". */
function shouldBe(sentence: Sentence, from: number, own: Set<number>): number | null {
  const isDenied = ['not', 'never'].includes(wordAt(sentence, from));
  const act = past(sentence, isDenied ? from + 1 : from, auxiliaries);
  const done = wordAt(sentence, act);
  if (isDenied) {
    own.add(from);
    return forbidden.test(done) ? act + 1 : null;
  }
  if (done === 'go') return ['back', 'home'].includes(wordAt(sentence, act + 1)) ? act + 2 : null;
  return lexicon.suffered.has(done) || lexicon.dying.has(done) ? act + 1 : null;
}
