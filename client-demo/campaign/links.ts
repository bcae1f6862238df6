import type { Campaign } from '../../server/contract/campaign.ts';

/** An address that may be followed: http or https, and nothing that only looks like it. */
export function safeUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}

export interface SocialLink {
  readonly name: string;
  readonly href: string;
}

/** The links that the advertiser gave; the site first. What is no safe address is left out. */
export function socialLinks({ campaignSocials }: Campaign): SocialLink[] {
  const links = Object.entries(campaignSocials ?? {}).flatMap(([name, value]) => {
    const url = typeof value === 'string' ? safeUrl(value) : null;
    return url === null ? [] : [{ name, href: url.href }];
  });
  return links.sort((a, b) => Number(b.name === 'website') - Number(a.name === 'website'));
}

export const hostOf = (href: string | undefined): string | null =>
  href === undefined ? null : new URL(href).host.replace(/^www\./, '');

export type TextPart = { readonly text: string; readonly href: string | null };

const address = /https?:\/\/[^\s<>"]+/gi;
/** What ends a sentence around an address and not the address itself. */
const trailing = /[.,;:!?'")\]}»”’]+$/;

/** Splits a text into words and addresses. It is still only text: nothing of it is ever read as HTML. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const written = match[0].replace(trailing, '');
    const url = safeUrl(written);
    if (url === null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: written, href: url.href });
    from = match.index + written.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}
