/** Rules that look at who writes, and what was posted before. */
import { distanceOf, fingerprints } from './fingerprints.ts';
import { linksOf } from './links.ts';
import type { Found, RuleInput } from './rule.ts';
import { contact } from './sayings.ts';

const nearBits = 3;

/** By the author so often, or by anybody: within what `recent` holds, which is a day. */
export function repeatedPosts(
  { original, reading, recent, author }: RuleInput,
  { byAuthor, byAnybody, atLeastCharacters }: { byAuthor: number; byAnybody: number; atLeastCharacters: number },
): Found | null {
  if (reading.text.replace(/[^\p{L}\p{N}]/gu, '').length < atLeastCharacters) return null;
  const own = fingerprints(original);
  const same = recent.filter(({ text }) => {
    const other = fingerprints(text);
    return other.exact === own.exact || distanceOf(other.near, own.near) <= nearBits;
  });
  const authors = same.filter(({ userId }) => userId === author.userId).length;
  if (authors < byAuthor && same.length < byAnybody) return null;
  return {
    evidence: {
      comments: same.slice(0, 20).map(({ commentId }) => commentId),
      campaigns: new Set(same.map(({ campaignId }) => campaignId)).size,
      byAuthor: authors,
    },
  };
}

export function burst(
  { recent, author, now }: RuleInput,
  { posts, seconds }: { posts: number; seconds: number },
): Found | null {
  const since = now - seconds * 1_000;
  const within = recent.filter(({ userId, at }) => userId === author.userId && Date.parse(at) >= since).length;
  return within >= posts ? { evidence: { posts: within, seconds } } : null;
}

/** Whoever has written so few comments and brings a link or a contact. */
export function newCommenter(input: RuleInput, { comments }: { comments: number }): Found | null {
  if (input.author.comments >= comments) return null;
  const links = linksOf(input);
  const contacts = contact(input);
  if (links.length === 0 && !contacts) return null;
  return { evidence: { comments: input.author.comments, links: links.slice(0, 20), ...contacts?.evidence } };
}

export function pastRejections(
  { author: { comments, rejections } }: RuleInput,
  { atLeast, share }: { atLeast: number; share: number },
): Found | null {
  return rejections >= atLeast && rejections >= share * comments ? { evidence: { comments, rejections } } : null;
}
