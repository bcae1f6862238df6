import { createHash } from 'node:crypto';
import { fold } from './fold.ts';
import { wordsOf } from './words.ts';

/**
 * Two names of a text by which repeats are found. `exact`: a hash of its words, whatever their case, marks and punctuation.
 * `near`: a simhash of 64 bits (Charikar, "Similarity estimation techniques from rounding algorithms", 2002) over words and
 * pairs of them; texts that differ in a word of some twenty are a few bits apart. Both are 16 hexadecimal digits.
 */
export function fingerprintsOf(text: string): { exact: string; near: string } {
  const folded = fold(text);
  const words = wordsOf(folded).map((word) => word.text);
  // Of a text without words its characters are the words: emoji, punctuation.
  const units = words.length > 0 ? words : Array.from(folded.text.replace(/\s+/g, ''));
  return { exact: createHash('sha256').update(units.join(' ')).digest('hex').slice(0, 16), near: simhash(units) };
}

/** The quarters of `near`, each with its place: two that differ in at most three bits share one. */
export const bandsOf = (near: string): number[] =>
  [0, 1, 2, 3].map((place) => place * 0x10000 + Number.parseInt(near.slice(place * 4, place * 4 + 4), 16));

/** How many of the 64 bits differ. */
export function distance(one: string, other: string): number {
  return bits(half(one, 0) ^ half(other, 0)) + bits(half(one, 8) ^ half(other, 8));
}

function simhash(units: string[]): string {
  const votes = new Int32Array(64);
  for (const [at, unit] of units.entries()) {
    vote(votes, unit);
    if (at > 0) vote(votes, `${units[at - 1]} ${unit}`);
  }
  let high = 0;
  let low = 0;
  for (let bit = 0; bit < 32; bit++) {
    if ((votes[bit] ?? 0) > 0) high |= 1 << bit;
    if ((votes[bit + 32] ?? 0) > 0) low |= 1 << bit;
  }
  return hex(high) + hex(low);
}

function vote(votes: Int32Array, feature: string): void {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  for (let at = 0; at < feature.length; at++) {
    const code = feature.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b);
    two = (two << 13) | (two >>> 19);
  }
  one = mixed(one);
  two = mixed(two);
  for (let bit = 0; bit < 32; bit++) {
    votes[bit] = (votes[bit] ?? 0) + (((one >>> bit) & 1) * 2 - 1);
    votes[bit + 32] = (votes[bit + 32] ?? 0) + (((two >>> bit) & 1) * 2 - 1);
  }
}

/** The finaliser of MurmurHash3: every bit of the input moves every bit of the output. */
function mixed(hash: number): number {
  let value = hash;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

const half = (digits: string, from: number) => Number.parseInt(digits.slice(from, from + 8), 16) | 0;
const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');

function bits(value: number): number {
  let rest = value >>> 0;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}
