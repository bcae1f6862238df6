import { createHash } from 'node:crypto';
import { read } from './reading.ts';

export interface Fingerprints {
  /** Equal where the letters and digits are. */
  exact: string;
  /** A simhash of 64 bits over triples of words, as 16 hexadecimal digits: near texts differ in few bits. */
  near: string;
}

export function fingerprints(original: string): Fingerprints {
  const words = read(original).text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const exact = createHash('sha256').update(words.join('')).digest('hex').slice(0, 32);
  const sums = new Int32Array(64);
  for (let at = 0; at < Math.max(1, words.length - 2); at++) {
    const bytes = createHash('md5')
      .update(words.slice(at, at + 3).join(' '))
      .digest();
    for (let bit = 0; bit < 64; bit++) {
      const set = ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1;
      sums[bit] = (sums[bit] ?? 0) + (set ? 1 : -1);
    }
  }
  const near = Buffer.alloc(8);
  sums.forEach((sum, bit) => {
    if (sum > 0) near[bit >> 3] = (near[bit >> 3] ?? 0) | (1 << (bit & 7));
  });
  return { exact, near: near.toString('hex') };
}

/** Its quarters, each with its place: two that differ in at most three bits share one. */
export const bandsOf = (near: string): number[] =>
  [0, 1, 2, 3].map((place) => place * 0x10000 + Number.parseInt(near.slice(place * 4, place * 4 + 4), 16));

/** In how many bits two simhashes differ. */
export function distanceOf(a: string, b: string): number {
  let different = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; different > 0n; different &= different - 1n) bits++;
  return bits;
}
