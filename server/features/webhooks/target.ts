import { isIP } from 'node:net';
import { settleWithin } from '../../platform/settle-within.ts';
import { isPublicAddress } from './addresses.ts';
import type { Address, Resolve } from './resolve.ts';

/** `address` is where a checked connection may go, and nowhere else. */
export type Target =
  | { ok: true; url: URL; addresses: Address[] }
  | { ok: false; why: 'invalid_url' | 'private_address' | 'unresolved' };

export interface TargetRules {
  resolve: Resolve;
  /** Plain http and addresses that are not public, for tests and intranets. */
  allowPrivate: boolean;
}

/**
 * Where a webhook's URL leads now. One private address among several is too many. A private address in the URL itself is
 * told as such, also behind http; else http is no webhook's URL, nor is one with a user or a fragment.
 */
export async function targetOf(text: string, { resolve, allowPrivate }: TargetRules): Promise<Target> {
  const url = parsed(text);
  if (!url) return { ok: false, why: 'invalid_url' };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (!allowPrivate) {
    if ((isIP(host) && !isPublicAddress(host)) || isLocalName(host)) return { ok: false, why: 'private_address' };
    if (url.protocol !== 'https:') return { ok: false, why: 'invalid_url' };
  }
  const addresses = await resolve(host);
  if (!allowPrivate && addresses.some(({ address }) => !isPublicAddress(address)))
    return { ok: false, why: 'private_address' };
  return addresses.length > 0 ? { ok: true, url, addresses } : { ok: false, why: 'unresolved' };
}

const resolveWithinMs = 3_000;

/** Why nobody may have this URL; a host that can not be found now may be found when it is needed, and is checked again then. */
export async function badTarget(url: string, rules: TargetRules): Promise<'invalid_url' | 'private_address' | null> {
  let target: Target | undefined;
  const looked = targetOf(url, rules).then((found) => {
    target = found;
  });
  await settleWithin(looked, resolveWithinMs);
  return target && !target.ok && target.why !== 'unresolved' ? target.why : null;
}

function parsed(text: string): URL | null {
  try {
    const url = new URL(text);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && !url.username && !url.password && !url.hash ? url : null;
  } catch {
    return null;
  }
}

/** RFC 6761, and what clouds call their metadata servers. */
function isLocalName(host: string): boolean {
  return /(^|\.)(localhost|local|internal)$/.test(host);
}
