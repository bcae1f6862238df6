import { fold } from '../text/fold.ts';
import { wordsOf } from '../text/words.ts';

/**
 * The language of a text, roughly: by its script where that says enough, else by the most frequent words of some languages
 * in the Latin and Cyrillic scripts. ISO 639-1 codes; `und` where neither says. For reports, not for judging.
 */
export function languageOf(text: string): string {
  const script = scripts.find(([, pattern]) => pattern.test(text))?.[0];
  const words = wordsOf(fold(text)).map((word) => word.text);
  if (script !== undefined && script !== 'cyrillic') return script;
  let best = { language: script === 'cyrillic' ? 'ru' : 'und', count: 0 };
  for (const [language, frequent] of stopWords) {
    const count = words.filter((word) => frequent.has(word)).length;
    if (count > best.count) best = { language, count };
  }
  return best.language;
}

/** In this order: Japanese writes Han letters too. */
const scripts: [language: string, pattern: RegExp][] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['th', /\p{Script=Thai}/u],
  ['el', /\p{Script=Greek}{3}/u],
  ['cyrillic', /\p{Script=Cyrillic}{2}/u],
];

const stopWords: [language: string, words: Set<string>][] = Object.entries({
  en: 'the and is are you this that it of to in for not with was have my your what they love i so but be on do all me we',
  de: 'der die das und ist nicht ich du wir sie ein eine mit auf fur auch aber von zu den dem wie was',
  es: 'el los las que de y es un una por con para no mi tu pero como muy esta yo se lo',
  fr: 'le la les et est un une des que qui pas pour dans je tu nous vous avec sur mais ce cette',
  it: 'il lo gli che e di un una non per con sono mi ti ma come questo questa ho',
  pt: 'o os as que de e um uma nao por com para eu voce mas como muito esta isso meu',
  nl: 'de het een en is niet van ik je dat op te met voor maar zijn ook wat',
  no: 'og er det ikke jeg du vi en et som pa med til av for men har hva',
  sv: 'och ar det inte jag du vi en ett som pa med till av for men har vad',
  pl: 'i jest nie to ze na w z do jak co ale tak sie ja ty',
  tr: 've bir bu da de ne cok ben sen icin ama var yok mi',
  uk: 'і та не це що в на з як але я ти ми є',
}).map(([language, words]) => [language, new Set(words.split(' ').map((word) => fold(word).text))]);
