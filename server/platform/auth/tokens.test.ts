import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokens, type Tokens } from './tokens.ts';

const secret = 'a secret of this test and of no other';
const tokens = createTokens({ kind: 'secret', secret });

async function signed(claims: object, end: string | number = '1h'): Promise<string> {
  const jwt = new SignJWT({ sub: '12', roles: ['user'], ...claims }).setProtectedHeader({ alg: 'HS256' });
  return jwt.setExpirationTime(end).sign(new TextEncoder().encode(secret));
}
const nameOf = async (name: unknown) => (await tokens.verify(await signed({ name }))).name;

describe('a principal', () => {
  it('is what the claims say', async () => {
    const expiresAt = Math.floor(Date.now() / 1000) + 60;
    const claims = {
      roles: ['advertiser', 'moderator'],
      name: 'Ann',
      profile_id: '7',
      profile_type: 'tutor',
      advertiser_id: 5,
    };
    expect(await tokens.verify(await signed(claims, expiresAt))).toEqual({
      userId: 12,
      roles: new Set(['advertiser', 'moderator']),
      name: 'Ann',
      profileId: 7,
      profileType: 'tutor',
      advertiserId: 5,
      issuedAt: null,
      expiresAt,
    });
  });

  it('has a name of at most 80 characters, trimmed, without what no text may hold', async () => {
    expect(await nameOf('  Ann\u0000a \n')).toBe('Anna');
    expect(await nameOf('x'.repeat(200))).toBe('x'.repeat(80));
    expect(await nameOf('a\ud800b')).toBe('a\ufffdb');
    for (const name of ['', ' \u0000 ', 5, null, ['Ann'], { first: 'Ann' }]) expect(await nameOf(name)).toBe(null);
  });

  it('has a name that is well-formed also where it is cut', async () => {
    expect((await nameOf(`${'x'.repeat(79)}\u{1f600}`))?.isWellFormed()).toBe(true);
  });

  it.each(['0', '-5', '1.5', '9007199254740992', '12345678901234567', 'x', 0, -1, 1.5, {}, null])(
    'has no advertiser or profile number %j',
    async (id) => {
      const { advertiserId, profileId } = await tokens.verify(await signed({ advertiser_id: id, profile_id: id }));
      expect([advertiserId, profileId]).toEqual([null, null]);
    },
  );
});

describe('verifying', () => {
  it('remembers a token, and yet refuses it from the second at which it expires', async () => {
    const now = Date.now();
    const token = await signed({}, Math.floor(now / 1000) + 10);
    await tokens.verify(token);
    vi.setSystemTime(now + 8_000);
    expect((await tokens.verify(token)).userId).toBe(12);
    vi.setSystemTime(now + 10_000);
    await expect(tokens.verify(token)).rejects.toMatchObject({ code: 'token_expired' });
    vi.useRealTimers();
  });

  it('signs what it verifies', async () => {
    const token = await tokens.sign?.({ sub: '9', roles: ['admin'], name: 'Root', advertiser_id: 3 }, '1h');
    const principal = await tokens.verify(token ?? '');
    expect(principal).toMatchObject({ userId: 9, roles: new Set(['admin']), name: 'Root', advertiserId: 3 });
  });
});

describe('with a key set', () => {
  const issuer = 'https://issuer.example';
  const audience = 'pulse';
  let server: Server;
  let verifier: Tokens;
  let privateKey: CryptoKey;
  let published: unknown;

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    privateKey = pair.privateKey;
    published = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
    server = createServer((_, response) => response.end(JSON.stringify(published)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    verifier = createTokens({ kind: 'jwks', url, issuer, audience });
  });
  afterAll(() => void server.close());

  const from = (change: { issuer?: string; audience?: string; kid?: string; sub?: string }, key = privateKey) =>
    new SignJWT({ sub: change.sub ?? '12', roles: ['user'] })
      .setProtectedHeader({ alg: 'ES256', kid: change.kid ?? 'one' })
      .setIssuer(change.issuer ?? issuer)
      .setAudience(change.audience ?? audience)
      .setExpirationTime('1h')
      .sign(key);

  it('a token of its key, issuer and audience is good, and ours to sign is none', async () => {
    expect((await verifier.verify(await from({}))).userId).toBe(12);
    expect(verifier.sign).toBe(undefined);
  });

  it('a token of another issuer, audience, key or algorithm is not', async () => {
    const stranger = await generateKeyPair('ES256');
    const publicKeyAsSecret = new TextEncoder().encode(JSON.stringify(published));
    const confused = new SignJWT({ sub: '12', roles: ['admin'], iss: issuer, aud: audience })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setExpirationTime('1h')
      .sign(publicKeyAsSecret);
    for (const token of [
      from({ issuer: 'https://other.example' }),
      from({ audience: 'others' }),
      from({ kid: 'two' }),
      from({ sub: '0' }),
      from({}, stranger.privateKey),
      confused,
    ]) {
      await expect(verifier.verify(await token)).rejects.toMatchObject({ code: 'invalid_token' });
    }
  });
});
