import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newSecret, signatureHeaders } from './signature.ts';

it('the example of the specification’s own libraries comes out byte for byte', () => {
  // The vector that standard-webhooks and Svix test their libraries with.
  expect(
    signatureHeaders({
      webhookId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      at: new Date(1_614_265_330_000),
    }),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('the lines for receivers in docs/webhooks.md take what we sign, with either secret, and nothing else', async () => {
  const text = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n(.*?)```/s.exec(text) ?? [];
  const { verify } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  const [mine, next, foreign] = [newSecret(), newSecret(), newSecret()];
  const body = '{"type":"ping","data":{"text":"żółw"}}';
  const headers = signatureHeaders({ webhookId: 'msg_1', body, secrets: [next, mine], at: new Date() });
  expect([verify(body, headers, mine), verify(body, headers, next)]).toEqual([JSON.parse(body), JSON.parse(body)]);
  expect(() => verify(body, headers, foreign)).toThrow('not ours');
  expect(() => verify(`${body} `, headers, mine)).toThrow('not ours');
  const old = signatureHeaders({ webhookId: 'msg_1', body, secrets: [mine], at: new Date(Date.now() - 600_000) });
  expect(() => verify(body, old, mine)).toThrow('too old');
});
