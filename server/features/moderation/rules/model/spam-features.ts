import { promotions } from '../checks/promotion-phrases.ts';
import { fold } from '../text/fold.ts';
import { type Link, linksOf } from '../text/links.ts';
import { plainText } from './plain-text.ts';

/** Said by those who promote themselves, and by everybody else. */
const usual = new Set(['look up', 'give a chance', 'new artist']);

const word = /[\p{L}\p{M}]+|\p{N}+|[!?]+/gu;

/**
 * What the spam model sees of a text: words and pairs of them, links by where they lead, the phrases of
 * self-promotion, and what it is like: length, capitals, phone numbers, money. Pieces of words were tried: they learn a
 * video's subject (precision on another video fell from 0.97 to 0.95); misspellings are in the phrases instead.
 */
export function spamFeatures(original: string): string[] {
  const shown = plainText(original);
  const links = linksOf(shown).map((link) => ({ ...link, kind: linkKind(link, shown[link.start - 1]) }));
  let text = '';
  let from = 0;
  for (const { start, end, kind } of links) {
    text += `${shown.slice(from, start)} link${kind} `;
    from = end;
  }
  text += shown.slice(from);
  const folded = fold(text);
  const words = Array.from(folded.text.matchAll(word), ([found]) => (/\p{N}/u.test(found) ? '0' : found));
  const features: string[] = [];
  for (const [at, current] of words.entries()) {
    const next = words[at + 1];
    features.push(`w:${current}`);
    if (next !== undefined) features.push(`b:${current} ${next}`);
  }
  for (const { kind, host } of links) {
    features.push(`k:${kind}`);
    if (leadsAway.has(kind)) features.push('k:leads away', `h:${host.split('.').slice(-2).join('.')}`);
  }
  const away = links.filter(({ kind }) => leadsAway.has(kind)).length;
  for (const { kind } of promotions(folded.text)) features.push(`p:${kind}`, usual.has(kind) ? 'p:weak' : 'p:any');
  manner(shown, words.length, away, features);
  return [...new Set(features)]; // how often is not asked
}

/** Words in an address that leads to something to read up on: documents, answers, discussions, reports of errors, files. */
const refers =
  /(?:^|[^a-z])(?:wiki[a-z]{0,20}|docs?|documentation|manuals?|help|support|faqs?|how-?to|guides?|tutorials?|forums?|threads?|showthread|viewtopic|questions?|answers|lists?|archives?|pipermail|bugs?|bugzilla|issues|past[a-z]{1,12}|man|rfc\d{1,5}|papers?|abs|pdf|books?|releases|packages|source|src|projects|software|developers?|kernel|launchpad|github|gitlab|sourceforge|stackexchange|stackoverflow|imdb|gutenberg|jstor|doi|arxiv|bbc|nytimes|guardian)(?:[^a-z]|$)|\.(?:js|css|txt|conf|deb|t?gz|zip|iso|patch|diff|log|png|jpe?g|gif|svg|wmv|mp[34])$/;
const ofScience = /\.(?:edu|gov|mil|int)(?:\.[a-z]{2})?$|\.(?:ac|edu|gov)\.[a-z]{2}$|(?:^|\.)ubuntu\w{0,20}\./;
/** Where people have pages, shops, songs and collections of their own, and addresses that pay whoever spreads them. */
const markets =
  /(?:^|\.)(?:facebook|fb|instagram|twitter|twitch|soundcloud|reverbnation|bandcamp|spotify|vimeo|dailymotion|ebay|amazon|etsy|teespring|gofundme|kickstarter|indiegogo|patreon|change|avaaz|surveymonkey|wattpad|tumblr|vk|snapchat|tiktok|onlyfans|linktr|flipagram|apps)\.[a-z.]{2,6}$|(?:^|\.)(?:apps|itunes|play)\.\w/;
const paid = /[?&#;](?:r|ref|aff|affiliate|affiliateid|refer|referral|referrer|invite|partner|utm_\w{1,20}|pnref)=/;
/** Names that nobody can have (RFC 2606, RFC 6761): they stand for an address and lead to none. */
const reserved = /(?:^|\.)(?:example|test|invalid|localhost)$|(?:^|\.)example\.(?:com|net|org|edu)$/;
const longestAddress = 300;

/**
 * A moment of a video is talk about it, a video may be; a name or a source is spoken of, and an address in code is no link;
 * any other leads away, and some lead to where their writer gains.
 */
function linkKind({ host, text }: Link, before: string | undefined): LinkKind {
  if (reserved.test(host)) return 'name';
  const address = text.slice(0, longestAddress).toLowerCase();
  if (/(?:^|\.)(?:youtube\.com|youtu\.be)$/.test(host)) {
    if (/[?&]t=/.test(address)) return 'moment';
    return /watch\?|youtu\.be\//.test(address) ? 'video' : 'away';
  }
  if (markets.test(host) || paid.test(address)) return 'market';
  if (before === '=' || ofScience.test(host) || refers.test(address)) return 'source';
  if (/^[^/?#]+$/.test(address) && !address.startsWith('www.')) return 'name';
  return /^(?:\w{1,10}:\/\/)?[^/?#]+[/.,!]*$/.test(address) ? 'site' : 'away';
}

type LinkKind = 'moment' | 'video' | 'name' | 'source' | 'site' | 'away' | 'market';
const leadsAway: ReadonlySet<LinkKind> = new Set<LinkKind>(['away', 'market']);

function manner(text: string, words: number, links: number, features: string[]): void {
  features.push(`m:words${words < 4 ? 0 : words < 8 ? 1 : words < 16 ? 2 : words < 32 ? 3 : words < 64 ? 4 : 5}`);
  if (links > 0) features.push('m:link', words - links < 3 ? 'm:link only' : 'm:link in text');
  if (links > 1) features.push('m:links');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  if (/^\s*@?[\w[\]`^|{}-]{2,20}\s?[:,>]\s/.test(text)) features.push('m:addressed');
  if (words >= 100) features.push('m:long');
  if (letters > 20 && capitals / letters > 0.6) features.push('m:capitals');
  if (/\+?\d[\d ().-]{7,}\d/.test(text)) features.push('m:phone');
  if (/[$€£]\s?\d|\d\s?[$€£]/.test(text)) features.push('m:money');
}
