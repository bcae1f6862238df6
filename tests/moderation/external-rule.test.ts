import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { externalRule } from '../../server/features/moderation/rules/checks/external.ts';
import { judge } from '../../server/features/moderation/rules/judge.ts';
import { ruleSetSchema } from '../../server/features/moderation/rules/rule-set.ts';
import { createResolve } from '../../server/features/webhooks/resolve.ts';
import { createSender } from '../../server/features/webhooks/send.ts';
import { submission } from './submission.ts';

const secret = `whsec_${Buffer.from('a secret of four and twenty bytes').toString('base64')}`;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(
  answer: (response: ServerResponse, request: IncomingMessage, body: string) => void,
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    answer(response, request, Buffer.concat(chunks).toString());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rule`;
}

/** The rule as the server wires it. */
function asking(url: string, { timeoutMs = 5_000, allowPrivate = true } = {}) {
  const sender = createSender({ allowPrivate, resolve: createResolve(allowPrivate), timeoutMs: 5_000 });
  closing.push(() => sender.close());
  const ask = externalRule(sender.send);
  const rules = ruleSetSchema.parse({ rules: { external: { mode: 'on', url, secret, timeoutMs } } });
  return (text = 'hello') => judge(submission(text), rules, ask);
}

const failed = (why: string) => ({
  outcome: 'hold',
  hits: [{ rule: 'external', outcome: 'hold', evidence: { failed: why } }],
});

describe('a rule of somebody else', () => {
  it('is asked with the text, signed as Standard Webhooks says, and its answer is the hit', async () => {
    let received: { headers: IncomingMessage['headers']; body: string } | undefined;
    const url = await serve((response, { headers }, body) => {
      received = { headers, body };
      response.end('{"outcome":"reject","evidence":{"list":"ours"}}');
    });
    expect(await asking(url)('hello æ')).toMatchObject({
      outcome: 'reject',
      hits: [{ rule: 'external', outcome: 'reject', evidence: { list: 'ours' } }],
    });
    const headers = received?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(received?.body ?? '', headers)).toMatchObject({
      type: 'comment.judge',
      data: { text: 'hello æ', campaignId: 1 },
    });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['an error', (response) => response.writeHead(500).end()],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
    ['no JSON', (response) => response.end('ok')],
    ['an unknown outcome', (response) => response.end('{"outcome":"fine"}')],
    ['too much', (response) => response.end(`{"outcome":"publish","evidence":{"x":"${'x'.repeat(100_000)}"}}`)],
    ['what can not be stored', (response) => response.end('{"outcome":"flag","evidence":{"x":"\\u0000"}}')],
    ['a broken connection', (response) => response.destroy()],
  ])('that answers with %s holds the text and says so', async (_, answer) => {
    expect(await asking(await serve(answer))()).toMatchObject(failed('error'));
  });

  it('that is late holds the text and says so', async () => {
    const url = await serve(() => {});
    expect(await asking(url, { timeoutMs: 50 })()).toMatchObject(failed('timeout'));
  });

  it('at a private address is not asked where those are refused', async () => {
    let asked = 0;
    const url = await serve((response) => response.end(String(asked++)));
    expect(await asking(url, { allowPrivate: false })()).toMatchObject(failed('error'));
    expect(asked).toBe(0);
  });

  it('is asked at most twenty times at once; who comes on top is held', async () => {
    const waiting: ServerResponse[] = [];
    const url = await serve((response) => waiting.push(response));
    const ask = asking(url);
    const judged = Array.from({ length: 20 }, () => ask());
    expect(await ask()).toMatchObject(failed('error'));
    await expect.poll(() => waiting.length).toBe(20);
    for (const response of waiting) response.end('{"outcome":"flag"}');
    expect(new Set((await Promise.all(judged)).map(({ outcome }) => outcome))).toEqual(new Set(['flag']));
  });
});
