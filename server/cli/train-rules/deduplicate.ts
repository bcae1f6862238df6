import { plainText } from '../../features/moderation/rules/model/plain-text.ts';
import { fold } from '../../features/moderation/rules/text/fold.ts';

/** Keeps the first of texts that are the same, or share four fifths of their words, so that no fold holds another's answer. */
export function deduplicate<T extends { text: string }>(items: T[], alike = 0.8): T[] {
  const kept: { item: T; words: Set<string> }[] = [];
  const seen = new Set<string>();
  for (const item of items) {
    const letters =
      fold(plainText(item.text)).text.match(/[\p{L}\p{N}]+|\p{Emoji_Presentation}|[^\s\p{L}\p{N}]+/gu) ?? [];
    const key = letters.join(' ');
    const words = new Set(letters);
    if (seen.has(key)) continue;
    seen.add(key);
    if (words.size >= 5 && kept.some((other) => jaccard(words, other.words) >= alike)) continue;
    kept.push({ item, words });
  }
  return kept.map(({ item }) => item);
}

function jaccard(one: Set<string>, other: Set<string>): number {
  if (Math.min(one.size, other.size) / Math.max(one.size, other.size) < 0.5) return 0;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  return shared / (one.size + other.size - shared);
}
