import { createHash } from 'node:crypto';
import { z } from 'zod';
import { idSchema } from '../../contract/primitives.ts';
import { type Api, type ApiAnswer, refusalOf } from './api.ts';
import { now } from './latency.ts';
import type { Plan, PlannedLike, PlannedPost } from './plan.ts';
import { runTasks } from './run-tasks.ts';
import { personId, type SignIn } from './sign-in.ts';
import type { Task } from './task-queue.ts';

/** What the server acknowledged. It grows while the plan is sent, so progress can be read from it. */
export interface Sent {
  /** By the key of the post. */
  posts: Map<string, { id: number; answeredMs: number }>;
  likes: number;
  /** Acknowledged likes by the key of the post. */
  likesOf: Map<string, number>;
  /** What was not taken, and why. */
  refused: string[];
  firstMs: number;
  lastMs: number;
}

interface SendOptions {
  api: Api;
  signIn: SignIn;
  /** Campaign ids by name. */
  campaigns: Map<string, number>;
  speed: number;
  /** Into which what happens is written. */
  sent: Sent;
}

type Step = Task & ({ kind: 'post'; post: PlannedPost } | { kind: 'like'; like: PlannedLike });

const inFlight = 64;

export function nothingSent(): Sent {
  return { posts: new Map(), likes: 0, likesOf: new Map(), refused: [], firstMs: 0, lastMs: 0 };
}

/** Sends the whole plan, with 64 requests in flight, a reply only when its parent and a like only when its post is there. */
export async function sendPlan(plan: Plan, options: SendOptions): Promise<void> {
  const { sent } = options;
  sent.firstMs = now();
  const run = async (step: Step): Promise<boolean> => {
    const reason = step.kind === 'post' ? await sendPost(step.post, options) : await sendLike(step.like, options);
    sent.lastMs = now();
    if (reason !== null) sent.refused.push(`${step.id}: ${reason}`);
    return reason === null;
  };
  const stranded = await runTasks(stepsOf(plan), { limit: inFlight, speed: options.speed, run });
  sent.refused.push(...stranded.map((step) => `${step.id}: not sent, because ${step.after} was not taken`));
}

/** By time; of the same time posts go before likes, and the order of each list is kept. */
function stepsOf({ posts, likes }: Plan): Step[] {
  const steps: Step[] = [
    ...posts.map((post) => ({ kind: 'post' as const, id: post.key, after: post.parent, atMs: post.atMs, post })),
    ...likes.map((like) => ({
      kind: 'like' as const,
      id: `vote ${like.voter} on ${like.post}`,
      after: like.post,
      atMs: like.atMs,
      like,
    })),
  ];
  return steps.sort((a, b) => a.atMs - b.atMs);
}

/** Null when the server took it, else why not. */
async function sendPost(post: PlannedPost, { api, signIn, campaigns, sent }: SendOptions): Promise<string | null> {
  const token = await signIn({ id: personId(post.author), name: post.author, role: 'user' });
  const parentId = post.parent === null ? undefined : sent.posts.get(post.parent)?.id;
  const campaignId = campaigns.get(post.campaign);
  const answer = await api.call('POST', `/api/v1/campaigns/${campaignId}/comments`, {
    token,
    body: { text: post.text, ...(parentId === undefined ? {} : { parentId }) },
    idempotencyKey: createHash('sha256').update(`${campaignId} ${post.key}`).digest('base64url'),
  });
  if (answer.status !== 201) return notTaken(answer);
  sent.posts.set(post.key, { id: z.object({ id: idSchema }).parse(answer.body).id, answeredMs: now() });
  return null;
}

/** 200 instead of 201 is the answer to a like that was asked for again after a broken connection. */
async function sendLike({ post, voter }: PlannedLike, { api, signIn, sent }: SendOptions): Promise<string | null> {
  const token = await signIn({ id: personId(`voter ${voter}`), name: `Voter ${voter}`, role: 'user' });
  const answer = await api.call('PUT', `/api/v1/comments/${sent.posts.get(post)?.id}/like`, { token });
  if (answer.status !== 201 && answer.status !== 200) return notTaken(answer);
  sent.likes++;
  sent.likesOf.set(post, (sent.likesOf.get(post) ?? 0) + 1);
  return null;
}

function notTaken(answer: ApiAnswer): string {
  return answer.status === 202 ? 'held by a rule of the server (202)' : refusalOf(answer);
}
