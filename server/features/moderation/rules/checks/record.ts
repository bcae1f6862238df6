/** Rules that look at who writes, and what was posted before: nothing but what stands in the submission. */
import type { Rule } from '../rule.ts';
import type { RuleSettings } from '../rule-set.ts';
import { distance, fingerprintsOf } from '../text/fingerprint.ts';
import { contact } from './contact.ts';
import { shown } from './links.ts';

const nearBits = 3;
const mostShown = 20;

/** By the author so often, or by anybody: within what `recent` holds, which is a day. Short texts are what people say. */
export const repeatedPosts: Rule<RuleSettings<'repeatedPosts'>> = (
  { submission: { text, recent, author }, folded },
  { byAuthor, byAnybody, atLeastCharacters },
) => {
  if (folded.text.replace(/[^\p{L}\p{N}]/gu, '').length < atLeastCharacters) return null;
  if (recent.length < Math.min(byAuthor, byAnybody)) return null;
  const own = fingerprintsOf(text);
  const same = recent.filter((post) => {
    const other = fingerprintsOf(post.text);
    return other.exact === own.exact || distance(other.near, own.near) <= nearBits;
  });
  const authors = same.filter(({ userId }) => userId === author.userId).length;
  if (authors < byAuthor && same.length < byAnybody) return null;
  return {
    evidence: {
      comments: same.slice(0, mostShown).map(({ commentId }) => commentId),
      campaigns: new Set(same.map(({ campaignId }) => campaignId)).size,
      byAuthor: authors,
    },
  };
};

/** By the times in the submission, whatever the clock says meanwhile. */
export const burst: Rule<RuleSettings<'burst'>> = ({ submission: { at, recent, author } }, { posts, seconds }) => {
  const since = Date.parse(at) - seconds * 1_000;
  const within = recent.filter((post) => post.userId === author.userId && Date.parse(post.at) >= since).length;
  return within >= posts ? { evidence: { posts: within, seconds } } : null;
};

/** Whoever has written so few comments and brings a link or a contact. */
export const newCommenter: Rule<RuleSettings<'newCommenter'>> = (reading, { comments }) => {
  const { author } = reading.submission;
  if (author.comments >= comments) return null;
  const links = reading.links();
  const contacts = contact(reading, {});
  if (links.length === 0 && !contacts) return null;
  const evidence = { ...(links.length > 0 ? shown(links).evidence : {}), ...contacts?.evidence };
  return { evidence: { comments: author.comments, ...evidence } };
};

export const pastRejections: Rule<RuleSettings<'pastRejections'>> = (
  {
    submission: {
      author: { comments, rejections },
    },
  },
  { atLeast, share },
) => (rejections >= atLeast && rejections >= share * comments ? { evidence: { comments, rejections } } : null);
