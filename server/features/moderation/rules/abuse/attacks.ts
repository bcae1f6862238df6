/**
 * Attacks as sentences say them: on a group ("… are vermin", "kill all …", "I hate …"), on a reader with a slur, and threats.
 * A word alone, however ugly, is none. What an author quotes, negates, reports or argues against is none either: HateCheck
 * (Röttger et al., ACL 2021) shows that to be where models that count words fail.
 */
import { againstGroup } from './against-group.ts';
import { slurAtReader, threat } from './at-reader.ts';
import * as lexicon from './attack-words.ts';
import { ofGroup } from './of-group.ts';
import { mentionAt, type Phrase, past, type Sentence, wordAt } from './phrase.ts';
import { ridOfGroup } from './rid-of-group.ts';

export interface Attack {
  kind: Phrase['kind'];
  /** Folded offsets. */
  start: number;
  end: number;
  group: string | null;
}

/** At most one of each sentence. */
export function attacksOf(sentences: Sentence[]): Attack[] {
  const others = sentences.some((sentence) => sentence.some((_, at) => speaksOfHate(sentence, at)));
  return withReferents(sentences).flatMap((sentence) => {
    const found = phraseOf(sentence);
    if (found === null || isExcused(sentence, found, others)) return [];
    const part = sentence.slice(found.from, found.to);
    return [{ kind: found.kind, group: found.group, start: part[0]?.start ?? 0, end: part.at(-1)?.end ?? 0 }];
  });
}

/** "Immigrants? They are …": who "they" are stands in the sentence before, alone. */
function withReferents(sentences: Sentence[]): Sentence[] {
  return sentences.map((sentence, at) => {
    const before = sentences[at - 1];
    const [first, ...rest] = sentence;
    if (before === undefined || before.length > 4 || !/^they(?:re)?$/.test(first?.text ?? '')) return sentence;
    const mention = mentionAt(before, past(before, 0));
    if (mention === null || mention.to !== before.length) return sentence;
    return [...before, ...(first && first.text === 'theyre' ? [first] : []), ...rest];
  });
}

function phraseOf(sentence: Sentence): Phrase | null {
  for (let at = 0; at < sentence.length; at++) {
    const found =
      threat(sentence, at) ??
      slurAtReader(sentence, at) ??
      againstGroup(sentence, at) ??
      ridOfGroup(sentence, at) ??
      ofGroup(sentence, at);
    if (found) return found;
  }
  return null;
}

/** In the author's own words, about what others say or think; "I think" is the author's own. */
function speaksOfHate(sentence: Sentence, at: number): boolean {
  const token = sentence[at];
  if (token === undefined || token.quoted) return false;
  if (token.text === 'think' || token.text === 'believe')
    return !['i', 'we', 'honestly'].includes(wordAt(sentence, at - 1));
  return lexicon.aboutHate.has(token.text);
}

function isExcused(sentence: Sentence, { kind, from, to, group, own }: Phrase, others: boolean): boolean {
  if (sentence.slice(from, to).some(({ quoted }) => quoted)) return true;
  if (sentence.some(({ text }, at) => at < to && !own.has(at) && lexicon.negations.has(text))) return true;
  if (kind === 'threat') return sentence.some(({ text }) => lexicon.joking.has(text));
  if (others) return true;
  if (group !== 'slur') return ['we', 'us'].includes(wordAt(sentence, from - 1));
  return sentence
    .slice(0, to)
    .some(({ text }, at) => lexicon.reclaiming.has(text) && !(text === 'we' && at + 1 < from));
}
