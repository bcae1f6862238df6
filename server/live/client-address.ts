import type { IncomingHttpHeaders } from 'node:http';

/** Express's compiled `trust proxy`: is this address, so many hops from us, a proxy that is believed? */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** Longer is no address, and would only fill memory. */
const longest = 64;

/**
 * Whose a connection is: the nearest address that no trusted proxy stands for, as Express finds `request.ip`. A connection
 * that broke already has no peer, and is nobody's.
 */
export function clientAddress(peer: string | undefined, headers: IncomingHttpHeaders, trusts: TrustsProxy): string {
  if (peer === undefined) return '';
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  const named = forwarded.map((part) => part.trim()).filter((part) => part !== '');
  const addresses = [peer, ...named.reverse()];
  const hop = addresses.findIndex((address, place) => !trusts(address, place));
  return (addresses.at(hop) ?? peer).slice(0, longest);
}

/** Of this machine itself, such as a proxy that nobody told us of: it says nothing about who is there. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
