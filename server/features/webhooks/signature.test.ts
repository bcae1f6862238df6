import { expect, it } from 'vitest';
import { signatureHeaders } from './signature.ts';

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
