import { fold } from './fold.ts';
import type { Spelling } from './spellings.ts';

export interface WordMatch {
  /** The entry of the list, as it stands there. */
  entry: string;
  start: number;
  end: number;
}

interface Entry {
  entry: string;
  /** Letters with their repetitions: "coon" is c1 o2 n1, so that "cooon" is it and "con" is not. */
  runs: number[];
  prefix: boolean;
  /** Without the `*` at the end. */
  stem: string;
}

/**
 * A list of words, ready to be looked up. An entry is a word, a beginning with `*` at its end ("fuck*"), or several words with
 * spaces. Whole words alone are compared, so "Scunthorpe" holds nothing; a letter may be repeated more often than in the
 * entry, never less. `except` holds words that would match and are innocent ("woop").
 */
export class WordIndex {
  private readonly words = new Map<string, Entry[]>();
  private readonly phrases = new Map<string, { entry: string; words: string[] }[]>();
  private readonly except: Set<string>;
  private shortestPrefix = Number.POSITIVE_INFINITY;
  private longestPrefix = 0;

  constructor(entries: readonly string[], except: readonly string[] = []) {
    this.except = new Set(except.map((word) => fold(word).text));
    for (const raw of entries) {
      const entry = fold(raw).text.trim();
      if (entry.includes(' ')) this.addPhrase(entry);
      else if (entry !== '') this.addWord(entry);
    }
  }

  find(spellings: readonly Spelling[], words: readonly { text: string; start: number; end: number }[]): WordMatch[] {
    const matches: WordMatch[] = [];
    for (const spelling of spellings) {
      const entry = spelling.masked ? this.unmasked(spelling.text) : this.entryOf(spelling);
      if (entry !== null) matches.push({ entry, start: spelling.start, end: spelling.end });
    }
    if (this.phrases.size > 0) this.findPhrases(spellings, words, matches);
    return widest(matches);
  }

  private addWord(entry: string): void {
    const prefix = entry.endsWith('*');
    const stem = prefix ? entry.slice(0, -1) : entry;
    const { key, runs } = squeeze(stem);
    if (prefix) {
      this.shortestPrefix = Math.min(this.shortestPrefix, key.length);
      this.longestPrefix = Math.max(this.longestPrefix, key.length);
    }
    const same = this.words.get(key) ?? [];
    same.push({ entry, runs, prefix, stem });
    this.words.set(key, same);
  }

  private addPhrase(entry: string): void {
    const words = entry.split(/\s+/).map((word) => word.replace(/['’]/g, ''));
    const [first = ''] = words;
    this.phrases.set(first, [...(this.phrases.get(first) ?? []), { entry, words }]);
  }

  private entryOf({ text, joined }: Spelling): string | null {
    if (this.except.has(text) || text.length > 64) return null;
    const { key, runs } = squeeze(text);
    const whole = first(this.words.get(key), runs, joined);
    if (whole !== null) return whole;
    if (joined) return null;
    const most = Math.min(this.longestPrefix, key.length - 1);
    for (let length = this.shortestPrefix; length <= most; length++) {
      const begun = first(
        this.words.get(key.slice(0, length))?.filter(({ prefix }) => prefix),
        runs,
        joined,
      );
      if (begun !== null) return begun;
    }
    return null;
  }

  /** "f**k": as many letters, the visible ones the same, the first and at least half of all visible. */
  private unmasked(text: string): string | null {
    const visible = text.replaceAll('*', '').length;
    if (text.length > 20 || visible * 2 < text.length || text.startsWith('*')) return null;
    for (const entries of this.words.values()) {
      for (const { entry, stem } of entries) {
        if (stem.length !== text.length) continue;
        if (Array.from(text).every((letter, at) => letter === '*' || letter === stem[at])) return entry;
      }
    }
    return null;
  }

  /** Each word of a phrase in any of its spellings. */
  private findPhrases(
    spellings: readonly Spelling[],
    words: readonly { text: string; start: number; end: number }[],
    matches: WordMatch[],
  ): void {
    const spelt = new Map<number, Set<string>>();
    for (const { start, text, joined } of spellings) {
      if (!joined) spelt.set(start, (spelt.get(start) ?? new Set()).add(text));
    }
    for (const [at, { start }] of words.entries()) {
      for (const text of spelt.get(start) ?? []) {
        for (const phrase of this.phrases.get(text) ?? []) {
          const last = words[at + phrase.words.length - 1];
          const stands = (word: string, step: number) => spelt.get(words[at + step]?.start ?? -1)?.has(word) === true;
          if (last && phrase.words.every(stands)) matches.push({ entry: phrase.entry, start, end: last.end });
        }
      }
    }
  }
}

/** The first entry whose letters stand there often enough. What was joined from two words has to be long, and whole. */
function first(entries: Entry[] | undefined, runs: number[], joined: boolean): string | null {
  if (entries === undefined) return null;
  for (const { entry, runs: least, prefix, stem } of entries) {
    if (joined && (prefix || stem.length < 5)) continue;
    let run = 0;
    while (run < least.length && (runs[run] ?? 0) >= (least[run] ?? 0)) run++;
    if (run === least.length) return entry;
  }
  return null;
}

/** Each letter once, and how often it stood there. */
function squeeze(text: string): { key: string; runs: number[] } {
  let key = '';
  const runs: number[] = [];
  for (const letter of text) {
    if (key.endsWith(letter)) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else {
      key += letter;
      runs.push(1);
    }
  }
  return { key, runs };
}

/** In order of the text; of several readings of one place the first and longest. */
function widest(matches: WordMatch[]): WordMatch[] {
  matches.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: WordMatch[] = [];
  for (const match of matches) {
    if (match.start >= (kept.at(-1)?.end ?? 0)) kept.push(match);
  }
  return kept;
}
