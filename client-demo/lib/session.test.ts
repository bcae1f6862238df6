import { beforeEach, describe, expect, it } from 'vitest';
import { Session } from './session.ts';
import { keep } from './storage.ts';
import { type Call, createFakeServer, problem } from './testing/fake-server.ts';

const tokenOf = (sub: number, lastsMs: number) => {
  const exp = Math.floor((Date.now() + lastsMs) / 1_000);
  return `h.${btoa(JSON.stringify({ sub: String(sub), exp }))}.s`;
};

beforeEach(() => {
  for (const key of ['token', 'user', 'name']) keep(key, null);
});

describe('a demo identity', () => {
  const setUp = (lastsMs: number) => {
    const server = createFakeServer();
    server.answer = ({ body }: Call) => {
      const { userId = 41 } = body as { userId?: number };
      return { status: 200, body: { token: tokenOf(userId, lastsMs) } };
    };
    return { server, session: new Session(() => 'Ada Okafor', server.http) };
  };

  it('is asked for once, however many need it', async () => {
    const { server, session } = setUp(3_600_000);
    const tokens = await Promise.all([session.token(), session.token(), session.renew('another')]);
    expect(new Set(tokens).size).toBe(1);
    expect(server.calls).toMatchObject([{ path: '/demo/tokens', body: { role: 'user', name: 'Ada Okafor' } }]);
    expect(await session.viewer()).toEqual({ id: 41, name: 'Ada Okafor' });
    expect(server.calls).toHaveLength(1);
  });

  it('stays the same user when its token ends', async () => {
    const { server, session } = setUp(5_000);
    await session.token();
    await session.token();
    expect(server.calls.map(({ body }) => body)).toMatchObject([{ name: 'Ada Okafor' }, { userId: 41 }]);
  });

  it('is nobody where there is no demo sign-in', async () => {
    const { server, session } = setUp(0);
    server.answer = () => problem(404, 'not_found');
    expect(await session.token()).toBeNull();
    expect(await session.viewer()).toBeNull();
  });
});
