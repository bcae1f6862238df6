/** A rule of somebody else, asked over HTTP and signed by the Standard Webhooks specification. */
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { outcomes } from './judgement.ts';
import type { Found, RuleInput } from './rule.ts';

const mostAtOnce = 20;
const mostBytes = 16_384;

const answer = z.object({
  outcome: z.enum(outcomes),
  evidence: z.record(z.string().max(100), z.unknown()).default({}),
});

let asking = 0;

/** Throws when there is no usable answer in time, or too many are asked for at once. */
export async function askExternal(
  { original, campaignId, author }: RuleInput,
  { url, secret, timeoutMs }: { url?: string | undefined; secret?: string | undefined; timeoutMs: number },
): Promise<Found | null> {
  if (!url || !secret) throw new Error('the external rule has no address');
  if (asking >= mostAtOnce) throw new Error('the external rule is asked too much at once');
  asking++;
  try {
    const id = `msg_${randomUUID()}`;
    const at = new Date();
    const body = JSON.stringify({
      type: 'comment.judge',
      timestamp: at.toISOString(),
      data: { text: original, campaignId, author: { id: author.userId, comments: author.comments } },
    });
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) throw new Error(`the external rule answered ${response.status}`);
    const text = await response.text();
    if (text.length > mostBytes) throw new Error('the external rule answered too much');
    const { outcome, evidence } = answer.parse(JSON.parse(text));
    return outcome === 'publish' ? null : { outcome, evidence };
  } finally {
    asking--;
  }
}
