import { placeOf } from './reading.ts';
import type { Found, Place, RuleInput } from './rule.ts';

interface Link extends Place {
  host: string;
}

const shorteners = new Set(
  'bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly adf.ly rebrand.ly cutt.ly shorturl.at tiny.cc rb.gy bl.ink soo.gd s.id v.gd qr.ae lnkd.in amzn.to smarturl.it po.st'.split(
    ' ',
  ),
);

export function linksOf({ reading, tokens, original }: RuleInput): Link[] {
  return tokens
    .filter(({ kind }) => kind === 'link')
    .map(({ text, at }) => {
      const [start, end] = placeOf(reading, at, at + text.length);
      return { text: original.slice(start, end), start, end, host: hostOf(text) };
    });
}

const hostOf = (text: string) => (/^(?:https?:\/\/)?(?:www\.)?([^/?#:\s]+)/.exec(text)?.[1] ?? '').replace(/\.$/, '');

const isOf = (host: string, hosts: Iterable<string>) =>
  [...hosts].some((one) => host === one || host.endsWith(`.${one}`));

/** More links than `most`, beside those to hosts that are allowed. */
export function links(
  input: RuleInput,
  { most, allowedHosts }: { most: number; allowedHosts: string[] },
): Found | null {
  const found = linksOf(input).filter(({ host }) => !isOf(host, allowedHosts));
  return found.length > most ? { evidence: { links: found.slice(0, 20) } } : null;
}

/** An address that hides where it leads. */
export function shortened(input: RuleInput, { hosts }: { hosts?: string[] | undefined }): Found | null {
  const found = linksOf(input).filter(({ host }) => isOf(host, hosts ?? shorteners));
  return found.length > 0 ? { evidence: { links: found.slice(0, 20) } } : null;
}
