/*
 * The baseline of webhooks in `notifications`, a process of its own: posts as many messages as it is told to, sixteen at once
 * over kept connections, signed, and remembers nothing. What it had not posted when it dies is lost.
 */
import http from 'node:http';
import { newSecret, signatureHeaders } from '../../server/features/webhooks/signature.ts';

const atOnce = 16;
const agent = new http.Agent({ keepAlive: true });
const secret = newSecret();
const body = JSON.stringify({
  type: 'engagement:created',
  timestamp: new Date().toISOString(),
  data: { campaignId: 1 },
});

process.on('message', async ({ url, count }: { url: string; count: number }) => {
  let next = 0;
  const post = async () => {
    while (next < count) await posted(url, `msg_${process.pid}_${next++}`);
  };
  await Promise.all(Array.from({ length: atOnce }, post));
});
process.send?.({ ready: true });

function posted(url: string, webhookId: string): Promise<void> {
  const signed = signatureHeaders({ webhookId, body, secrets: [secret], at: new Date() });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...signed };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers }, (answer) =>
      answer.resume().on('end', resolve),
    );
    request.on('error', reject).end(body);
  });
}
