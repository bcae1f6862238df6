import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type Role, roleSchema } from '../../contract/auth.ts';
import { Refusal } from '../refusal.ts';
import type { Principal } from './principal.ts';

export type TokenSource =
  | { kind: 'secret'; secret: string }
  | { kind: 'jwks'; url: string; issuer: string; audience: string };

export interface Tokens {
  /** The principal of a token, or a Refusal `invalid_token`, `token_expired` or `token_revoked`. */
  verify(token: string): Promise<Principal>;
  /** Signs with the shared secret; undefined where keys come from a JWKS, which only its owner can sign for. */
  sign?: (claims: TokenClaims, expiresIn: string) => Promise<string>;
}

export interface TokenClaims {
  sub: string;
  roles: Role[];
  name?: string;
  advertiser_id?: number;
}

const asymmetric = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Verifying costs about 50 µs a token, so each one is verified once and remembered for five minutes at most:
 * a key that was withdrawn stops working then. */
export function createTokens(source: TokenSource): Tokens {
  const seen = new LRUCache<string, Principal>({ max: 20_000, ttl: 300_000 });
  const check = verifierOf(source);

  const verify = async (token: string): Promise<Principal> => {
    const principal = seen.get(token) ?? principalOf(await check(token));
    if (principal.expiresAt !== null && principal.expiresAt <= Date.now() / 1000) throw new Refusal('token_expired');
    seen.set(token, principal);
    return principal;
  };

  if (source.kind === 'jwks') return { verify };
  const key = hmacKey(source.secret);
  const sign = async (claims: TokenClaims, expiresIn: string) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt()
      .setExpirationTime(expiresIn)
      .sign(await key);
  return { verify, sign };
}

/** Imported once: jose imports raw bytes anew at each verification, a third of its cost. */
function hmacKey(secret: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign', 'verify']);
}

function verifierOf(source: TokenSource): (token: string) => Promise<JWTPayload> {
  const key = source.kind === 'secret' ? hmacKey(source.secret) : null;
  const remote = source.kind === 'jwks' ? createRemoteJWKSet(new URL(source.url)) : null;
  return async (token) => {
    try {
      if (key) return (await jwtVerify(token, await key, { algorithms: ['HS256'] })).payload;
      if (!remote || source.kind !== 'jwks') throw new Error('no key');
      const { issuer, audience } = source;
      return (await jwtVerify(token, remote, { algorithms: asymmetric, issuer, audience })).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new Refusal('token_expired');
      // Not the token's fault: the key set did not answer, or not with keys.
      if (remote && !saysTokenIsBad(error)) throw new Refusal('unavailable', { retryAfterSeconds: 1 });
      throw new Refusal('invalid_token');
    }
  };
}

const keySetFaults = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);

function saysTokenIsBad(error: unknown): boolean {
  return error instanceof errors.JOSEError && !keySetFaults.has(error.code);
}

function principalOf(claims: JWTPayload): Principal {
  const { sub, roles, name, profile_id, profile_type, advertiser_id, iat, exp } = claims;
  const userId = idOf(sub);
  const known = roleSchema.array().safeParse(roles);
  if (userId === null || !known.success) throw new Refusal('invalid_token');
  const cleanName =
    typeof name === 'string' ? [...name.replaceAll('\u0000', '').toWellFormed().trim()].slice(0, 80).join('') : '';
  return {
    userId,
    roles: new Set(known.data),
    name: cleanName === '' ? null : cleanName,
    profileId: idOf(profile_id),
    profileType: typeof profile_type === 'string' && /^[\w-]{1,40}$/.test(profile_type) ? profile_type : null,
    advertiserId: idOf(advertiser_id),
    issuedAt: iat ?? null,
    expiresAt: exp ?? null,
  };
}

/** Ids in claims are digits in a string or whole numbers, 1 to 2^53-1; anything else is no id. */
function idOf(claim: unknown): number | null {
  const value = typeof claim === 'string' && /^\d{1,16}$/.test(claim) ? Number(claim) : claim;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;
}
