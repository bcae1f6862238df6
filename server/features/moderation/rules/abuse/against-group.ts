import * as lexicon from './attack-words.ts';
import { mentionAt, type Phrase, past, type Sentence, wordAt, wordsBefore } from './phrase.ts';

/** A group as the object: "I hate …", "fuck all …", "death to …", "we should shoot …". */
export function againstGroup(sentence: Sentence, at: number): Phrase | null {
  const verb = wordAt(sentence, at);
  const own = new Set<number>();
  let object = at + 1;
  if (verb === 'cant' || verb === 'cannot') {
    if (wordAt(sentence, at + 1) !== 'stand' || !ownFeeling(sentence, at)) return null;
    own.add(at);
    object = at + 2;
  } else if (verb === 'death') {
    if (wordAt(sentence, at + 1) !== 'to') return null;
    object = at + 2;
  } else if (lexicon.hating.has(verb)) {
    if (!ownFeeling(sentence, at)) return null;
  } else if (lexicon.violence.has(verb)) {
    if (!calledFor(sentence, at)) return null;
  } else if (verb !== 'fuck') return null;
  const target = mentionAt(sentence, past(sentence, object));
  if (target === null || somethingOfTheirs.has(wordAt(sentence, target.to))) return null;
  return { kind: 'group', from: at, to: target.to, group: target.group, own };
}

/** "Women's rights", "gay people who …": not the group. */
const somethingOfTheirs = new Set(
  'rights culture history music month haters who that movies food characters in off'.split(' '),
);
const manner = new Set('really just absolutely so fucking fuckin still also truly honestly do literally'.split(' '));
const speakers = new Set(['i', 'we', 'im']);

/** Said of the author, or of nobody: "I really hate", "hate all". */
function ownFeeling(sentence: Sentence, at: number): boolean {
  let subject = at - 1;
  while (subject >= 0 && manner.has(wordAt(sentence, subject))) subject--;
  return subject < 0 || speakers.has(wordAt(sentence, subject));
}

const calls = new Set('lets should must to will gonna and please can would id ill someone somebody'.split(' '));
const announcing = new Set(['will', 'would', 'can', 'gonna']);
const announcers = new Set(['i', 'we', 'im', 'someone', 'somebody', 'you', 'were', 'please', '']);
const tellers = new Set('they he she it police nazis who tried trying wanted people him her them'.split(' '));

/** Called for or announced, not told of: "kill all …", "I will shoot …"; not "they wanted to kill …". */
function calledFor(sentence: Sentence, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && manner.has(wordAt(sentence, before))) before--;
  const call = wordAt(sentence, before);
  if (before >= 0 && !calls.has(call)) return false;
  if (announcing.has(call) && !announcers.has(wordAt(sentence, before - 1))) return false;
  return !wordsBefore(sentence, at).some(({ text }) => tellers.has(text));
}
