/**
 * A rule of somebody else, asked over HTTP and signed by the Standard Webhooks specification. Whatever is no usable answer
 * (another status, a redirect, an address that is not public, too long a body, no time left) throws: the text is held.
 */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { outcomes } from '../judgement.ts';
import type { Reading } from '../reading.ts';
import type { Found } from '../rule.ts';
import type { RuleSettings } from '../rule-set.ts';

/** Requests under way. More are not waited for: a receiver that is slow holds comments, and no memory. */
const mostAtOnce = 20;

/**
 * Posts to a checked address and never follows a redirect; never throws. `response` is cut at about 1,000 characters, and a
 * JSON that was cut is none.
 */
export type PostExternal = (request: {
  url: string;
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}) => Promise<{ status: number | null; error: string | null; response: string | null }>;

export type AskExternal = (reading: Reading, settings: RuleSettings<'external'>) => Promise<Found | null>;

const answer = z.object({
  outcome: z.enum(outcomes),
  evidence: z.record(z.string().max(100), z.unknown()).default({}),
});

/** What jsonb has no room for: U+0000 and half characters, as JSON writes them. */
const unstorable = /\\u(?:0000|d[89a-f])/;

export function externalRule(post: PostExternal): AskExternal {
  let asking = 0;
  return async ({ submission: { text, campaignId, author } }, { url, secret, timeoutMs }) => {
    if (!url || !secret) throw new Error('the external rule has no address');
    if (asking >= mostAtOnce) throw new Error('the external rule is asked too much at once');
    asking++;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const id = `msg_${randomUUID()}`;
      const at = new Date();
      const data = { text, campaignId, author: { id: author.userId, comments: author.comments } };
      const body = JSON.stringify({ type: 'comment.judge', timestamp: at.toISOString(), data });
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      };
      const { status, response } = await post({ url, headers, body, signal });
      signal.throwIfAborted();
      if (status !== 200) throw new Error('the external rule gave no answer');
      const { outcome, evidence } = answer.parse(JSON.parse(response ?? ''));
      if (unstorable.test(JSON.stringify(evidence))) throw new Error('the evidence can not be stored');
      return outcome === 'publish' ? null : { outcome, evidence };
    } finally {
      asking--;
    }
  };
}

/** Where nobody may be asked: a replay, a measurement. */
export const nobody: AskExternal = () => Promise.reject(new Error('nobody is asked here'));
