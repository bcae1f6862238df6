import ipaddr from 'ipaddr.js';

/** Public by their number, and yet answered by the machine's own cloud (Azure's WireServer). */
const metadataAddresses = new Set(['168.63.129.16']);
/** What is allotted to the Internet of all IPv6 (RFC 4291, IANA); the rest is reserved, translated or local. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public Internet. Everything with another meaning is not: private, loopback,
 * link-local, shared (CGNAT), multicast, reserved, and IPv6 that carries an IPv4 address (mapped, NAT64, 6to4, Teredo),
 * whatever that is.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || metadataAddresses.has(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(globalUnicast);
}
