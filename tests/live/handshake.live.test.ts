import { io } from 'socket.io-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp, token } from '../support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

function connect(auth: Record<string, unknown>): Promise<string> {
  const socket = io(app.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve('connected'));
    socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
      resolve(error.data?.code ?? 'no code'),
    );
  }).then((outcome) => {
    socket.close();
    return outcome as string;
  });
}

describe('the handshake', () => {
  it('lets in anyone without a token, and everyone with a good one', async () => {
    expect(await connect({})).toBe('connected');
    expect(await connect({ token: null })).toBe('connected');
    expect(await connect({ token: '' })).toBe('connected');
    expect(await connect({ token: await token(5) })).toBe('connected');
  });

  it('refuses a bad or an expired token and says which', async () => {
    expect(await connect({ token: 'nonsense' })).toBe('invalid_token');
    expect(await connect({ token: 7 })).toBe('invalid_token');
    expect(await connect({ token: { sub: '1' } })).toBe('invalid_token');
    expect(await connect({ token: await token(5, {}, '-1s') })).toBe('token_expired');
  });

  it('takes a fresh token of the same person on a live socket, and of nobody else', async () => {
    const socket = io(app.url, { transports: ['websocket'], forceNew: true, auth: { token: await token(5) } });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    expect(await socket.emitWithAck('auth:refresh', { token: await token(5) })).toEqual({ ok: true });
    expect(await socket.emitWithAck('auth:refresh', { token: await token(6) })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
    expect(await socket.emitWithAck('auth:refresh', { token: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_token' },
    });
    socket.close();
  });
});
