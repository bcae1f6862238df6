import type { Found, Rule } from '../rule.ts';
import type { Link } from '../text/links.ts';

const mostLinks = 20;
const usualShorteners =
  'bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly adf.ly bit.do rebrand.ly cutt.ly shorturl.at t.ly tiny.cc rb.gy bl.ink soo.gd s.id v.gd qr.ae lnkd.in amzn.to smarturl.it po.st shorte.st bc.vc ouo.io linktr.ee'.split(
    ' ',
  );

/** More links than `most`, beside those to hosts that are allowed. */
export const links: Rule<{ most: number; allowedHosts: string[] }> = (reading, { most, allowedHosts }) => {
  const found = reading.links().filter(({ host }) => !isOf(host, allowedHosts));
  return found.length > most ? shown(found) : null;
};

/** An address that hides where it leads: a shortener's, or a name spelt with another alphabet's look-alikes. */
export const shorteners: Rule<{ hosts?: string[] | undefined }> = (reading, { hosts = usualShorteners }) => {
  const found = reading.links().filter(({ host, homograph }) => homograph || isOf(host, hosts));
  return found.length > 0 ? shown(found) : null;
};

export const shown = (links: Link[]): Found => ({
  evidence: { links: links.slice(0, mostLinks).map(({ text, start, end, host }) => ({ text, start, end, host })) },
});

/** A host or one of its subdomains. */
const isOf = (host: string, hosts: string[]) => hosts.some((one) => host === one || host.endsWith(`.${one}`));
