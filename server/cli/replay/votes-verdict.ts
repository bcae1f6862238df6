import { commentName, type Documents } from './documents.ts';
import type { Plan } from './plan.ts';
import type { Sent } from './send-plan.ts';

export interface VotesVerdict {
  posts: number;
  /** Posts whose likes in the database are as many as their up votes in the file. */
  likesEqualUps: number;
  /** Posts with a score whose votes are in the file too (questions and answers). */
  scored: number;
  /** Of those, the ones whose up minus down votes are the file's score: a check of the data and of how it was read. */
  upMinusDownIsScore: number;
  differences: string[];
}

/** Null when no votes were given. */
export function votesVerdict({ posts, ballots }: Plan, sent: Sent, truth: Documents): VotesVerdict | null {
  if (!ballots) return null;
  const verdict: VotesVerdict = { posts: 0, likesEqualUps: 0, scored: 0, upMinusDownIsScore: 0, differences: [] };
  for (const { key } of posts) {
    const { up = 0, down = 0, score = null } = ballots.get(key) ?? {};
    const id = sent.posts.get(key)?.id ?? 0;
    const likes = truth.get(commentName(id))?.likes ?? 'no comment';
    verdict.posts++;
    if (likes === up) verdict.likesEqualUps++;
    else verdict.differences.push(`${key} (comment ${id}) has ${likes} likes and ${up} up votes`);
    if (score === null) continue;
    verdict.scored++;
    if (up - down === score) verdict.upMinusDownIsScore++;
    else verdict.differences.push(`${key} has ${up} up and ${down} down votes, but a score of ${score}`);
  }
  return verdict;
}
