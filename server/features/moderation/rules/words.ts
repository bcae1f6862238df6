/**
 * Finds listed words whatever the spelling: 4 for a, letters set apart, letters repeated, look-alikes, invisible characters.
 * Whole words only: what stands inside another word is that other word.
 */
import { placeOf, type Reading, read } from './reading.ts';
import type { Place } from './rule.ts';

const digits: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '€': 'e',
  '£': 'l',
  '+': 't',
};
/** i and l are written for each other. */
const skeletonOf = (character: string) => {
  const letter = digits[character] ?? character;
  return letter === 'l' ? 'i' : letter;
};
const isLetter = /[\p{L}\p{N}]/u;
const isMark = /[@$!|€£+]/;
const isGap = /[\s.\-_*·•,/\\'’]/u;

export interface WordList {
  find(reading: Reading, original: string): (Place & { word: string })[];
}

interface Entry {
  word: string;
  skeleton: string;
}

export function wordList(words: string[]): WordList {
  const entries = words.map((word): Entry => ({ word, skeleton: squeezed(read(word).text) }));
  const byFirst = new Map<string, Entry[]>();
  for (const entry of entries) {
    const first = entry.skeleton[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), entry]);
  }
  return {
    find(reading, original) {
      const { text } = reading;
      const found: (Place & { word: string })[] = [];
      for (let at = 0; at < text.length; at++) {
        if (!beginsWord(text, at)) continue;
        for (const { word, skeleton } of byFirst.get(skeletonOf(text[at] ?? '')) ?? []) {
          const end = matchAt(text, at, skeleton);
          if (end === null) continue;
          const [start, stop] = placeOf(reading, at, end);
          found.push({ word, text: original.slice(start, stop), start, end: stop });
        }
      }
      return found;
    },
  };
}

function beginsWord(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (!isLetter.test(character) && !isMark.test(character)) return false;
  return at === 0 || !isLetter.test(text[at - 1] ?? '');
}

/** The end of the listed word when the text spells it from here on, else null. Each step goes forward in both. */
function matchAt(text: string, from: number, skeleton: string): number | null {
  let at = from;
  let place = 0;
  let gaps = 0;
  let letters = 0;
  while (at < text.length && place < skeleton.length) {
    const letter = skeletonOf(text[at] ?? '');
    if (letter === skeleton[place]) {
      place++;
      letters++;
      at++;
      while (at < text.length && skeletonOf(text[at] ?? '') === letter) at++;
    } else if (skeleton[place] === ' ' && isGap.test(text[at] ?? '')) {
      place++;
      while (at < text.length && isGap.test(text[at] ?? '')) at++;
    } else if (gaps > 0 && letter === skeleton[place - 1]) {
      at++; // a doubled letter whose halves stand apart
    } else if (isGap.test(text[at] ?? '') && letters > 0) {
      gaps++;
      at++;
    } else return null;
  }
  if (place < skeleton.length) return null;
  if (at < text.length && isLetter.test(text[at] ?? '')) return null;
  // Letters set apart stand apart throughout: "as s" is no word, "a s s" may be one.
  const apart = skeleton.replaceAll(' ', '').length - 1;
  return gaps === 0 || gaps >= apart ? at : null;
}

/** One of each run of equal letters, as the comparison sees them. */
function squeezed(text: string): string {
  let out = '';
  for (const character of text.trim().replace(/\s+/g, ' ')) {
    const letter = skeletonOf(character);
    if (!out.endsWith(letter)) out += letter;
  }
  return out;
}
