import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** `whsec_` and 32 random bytes in base64: the specification asks for 24 to 64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

interface Signed {
  webhookId: string;
  body: string;
  /** The newest first. While one is being replaced there are two, and a receiver may know either. */
  secrets: string[];
  at: Date;
}

/** The three headers of Standard Webhooks. The timestamp is that of the attempt, the id that of the message. */
export function signatureHeaders({ webhookId, body, secrets, at }: Signed): Record<string, string> {
  return {
    'webhook-id': webhookId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(webhookId, at, body)).join(' '),
  };
}
