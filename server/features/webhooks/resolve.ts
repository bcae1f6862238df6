import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';

export interface Address {
  address: string;
  family: 4 | 6;
}

/** All addresses of a host; none where it has none or nobody answers. The seam at which DNS is asked. */
export type Resolve = (host: string) => Promise<Address[]>;

/**
 * DNS by c-ares, at most 4 s: the system's resolver would run on the four threads that Node has for it, where names that
 * nobody answers for would hold up all others. Where private addresses are allowed, the hosts file is read too.
 */
export function createResolve(allowPrivate: boolean): Resolve {
  return async (host) => {
    const family = isIP(host);
    if (family === 4 || family === 6) return [{ address: host, family }];
    if (host === 'localhost' || host.endsWith('.localhost')) return loopback; // RFC 6761
    const resolver = new Resolver({ timeout: 1_500, tries: 2 });
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = answers.flatMap((answer, n) =>
      answer.status === 'fulfilled' ? answer.value.map((address): Address => ({ address, family: n ? 6 : 4 })) : [],
    );
    return found.length > 0 || !allowPrivate ? found : fromHostsFile(host);
  };
}

const loopback: Address[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

async function fromHostsFile(host: string): Promise<Address[]> {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}
