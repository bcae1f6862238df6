import { z } from 'zod';
import { clipText } from './clip-text.ts';
import { htmlToText } from './html-to-text.ts';
import { parseRows, readJsonLines } from './json-lines.ts';
import { orderPosts } from './order-posts.ts';
import type { Ballot, Plan, PlannedLike, PlannedPost } from './plan.ts';

const itemSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(['question', 'answer', 'comment']),
  parent_id: z.string().nullable(),
  author: z.string().nullable(),
  created_ms: z.number(),
  score: z.number().nullish(),
  title: z.string().nullish(),
  html: z.string().nullish(),
});
type Item = z.infer<typeof itemSchema>;

const voteSchema = z.object({ post_id: z.string(), type: z.string(), day: z.string() });
type Vote = z.infer<typeof voteSchema>;

interface Source {
  file: string;
  rows: unknown[];
  votesFile?: string | undefined;
  limit?: number | undefined;
}

/** Questions are top-level comments, answers and comments are replies; each up vote is a like by an invented user. */
export async function readStackExchange({ file, rows, votesFile, limit }: Source): Promise<Plan> {
  const items = new Map(parseRows(itemSchema, rows, file).map((item) => [item.id, item]));
  const posts = underYears(orderPosts([...items.values()].map(postOf))).slice(0, limit);
  const votes = votesFile === undefined ? [] : parseRows(voteSchema, await readJsonLines(votesFile), votesFile);
  const kept = new Map(posts.map((post) => [post.key, post]));
  const orphans = posts.filter((post) => post.parent === null && items.get(post.key)?.parent_id).length;
  return {
    format: 'stackexchange',
    posts,
    likes: likesOf(votes, kept),
    ballots:
      votesFile === undefined
        ? null
        : ballotsOf(
            votes,
            posts.map((post) => items.get(post.key)).filter((item) => item !== undefined),
          ),
    notes: [
      'the items carry no section and no tag, so there is one campaign for each year of the root question',
      ...(orphans > 0 ? [`replies whose parent is not in the file, now top-level: ${orphans}`] : []),
      ...(votesFile === undefined ? [] : [votesNote(votes, kept)]),
    ],
  };
}

/** The campaign is known only when the parent's is, so it comes last. Deleted users share one name. */
function postOf(item: Item): PlannedPost {
  return {
    key: item.id,
    campaign: '',
    parent: item.parent_id,
    author: item.author ?? 'deleted user',
    text: textOf(item),
    atMs: item.created_ms,
  };
}

export function textOf({ kind, title, html }: Pick<Item, 'kind' | 'title' | 'html'>): string {
  const body = htmlToText(html ?? '');
  const parts = kind === 'question' || body === '' ? [title ?? '', body] : [body];
  return clipText(parts.filter((part) => part.trim() !== '').join('\n\n')) || '(no text)';
}

function underYears(posts: PlannedPost[]): PlannedPost[] {
  const campaigns = new Map<string, string>();
  return posts.map((post) => {
    const year = new Date(post.atMs).getUTCFullYear();
    const campaign = campaigns.get(post.parent ?? '') ?? `Questions of ${year}`;
    campaigns.set(post.key, campaign);
    return { ...post, campaign };
  });
}

/** The dump names no voters, so the nth up vote of a post is the nth voter's: another one for each vote on it. */
function likesOf(votes: Vote[], posts: Map<string, PlannedPost>): PlannedLike[] {
  const voters = new Map<string, number>();
  const likes: PlannedLike[] = [];
  for (const { type, post_id, day } of votes) {
    const post = posts.get(post_id);
    if (type !== 'up' || !post) continue;
    const voter = (voters.get(post_id) ?? 0) + 1;
    voters.set(post_id, voter);
    // Votes are recorded by the day only; none can be older than its post.
    likes.push({ post: post_id, voter, atMs: Math.max(post.atMs, Date.parse(day) || 0) });
  }
  return likes;
}

/** The dump has votes on questions and answers only: a comment's score has no votes to compare with. */
function ballotsOf(votes: Vote[], items: Item[]): Map<string, Ballot> {
  const ballots = new Map<string, Ballot>(
    items.map(({ id, kind, score }) => [id, { up: 0, down: 0, score: kind === 'comment' ? null : (score ?? null) }]),
  );
  for (const { type, post_id } of votes) {
    const ballot = ballots.get(post_id);
    if (ballot && (type === 'up' || type === 'down')) ballot[type]++;
  }
  return ballots;
}

function votesNote(votes: Vote[], posts: Map<string, PlannedPost>): string {
  const count = (test: (vote: Vote) => boolean) => votes.filter(test).length.toLocaleString('en');
  const isHere = (vote: Vote) => posts.has(vote.post_id);
  return (
    `votes: ${count(() => true)}; up, sent as likes: ${count((vote) => vote.type === 'up' && isHere(vote))}; ` +
    `down, only counted: ${count((vote) => vote.type === 'down' && isHere(vote))}; ` +
    `on posts that are not here: ${count((vote) => !isHere(vote))}; the rest are of other types`
  );
}
