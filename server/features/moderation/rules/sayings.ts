/** Rules that look for pieces of the text and show where they stand. */
import { isLoud } from './features.ts';
import { placeOf } from './reading.ts';
import type { Found, Place, RuleInput } from './rule.ts';

const mostPlaces = 20;

export function placesOf({ reading, original }: RuleInput, pattern: RegExp): Place[] {
  const places: Place[] = [];
  for (const { 0: text, index } of reading.text.matchAll(pattern)) {
    if (places.length === mostPlaces) break;
    const [start, end] = placeOf(reading, index, index + text.length);
    places.push({ text: original.slice(start, end), start, end });
  }
  return places;
}

const someOf = (places: Place[]): Found | null => (places.length > 0 ? { evidence: { words: places } } : null);

const mail = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gu;
const phone = /(?<![\w.])\+?\d[\d\s().-]{7,18}\d(?![\w.])/gu;
const handle =
  /\b(?:whats\s?app|telegram|snap(?:chat)?|kik|signal|wechat|insta(?:gram)?|discord|skype)\b\s{0,2}(?:me\b|at\b|:|@|is\b)\s{0,2}\S{2,40}/gu;

/** An address at which the writer wants to be reached. */
export function contact(input: RuleInput): Found | null {
  const places = [mail, handle].flatMap((pattern) => placesOf(input, pattern));
  const phones = placesOf(input, phone).filter(
    ({ text }) => text.replace(/\D/g, '').length >= 9 && /[\s+()-]/.test(text),
  );
  return someOf([...places, ...phones]);
}

const asks =
  /\b(?:sub(?:scribe)?\s+(?:to|2)\s+(?:me|my|our|us)|check\s+(?:out\s+)?(?:my|our)\b|(?:visit|view|watch|see)\s+my\b|follow\s+me\b|follow\s*(?:4|for)\s*follow|sub\s*(?:4|for)\s*sub|like\s+my\b|my\s+(?:new\s+)?(?:channel|music|video|mixtape|cover|page|blog|song)\b|earn\s+(?:money|\$)|make\s+money|work\s+from\s+home|click\s+(?:here|the\s+link|this\s+link)|free\s+(?:gift|iphone|robux|money|followers))/gu;

/** Asks readers to come elsewhere for the writer's good. */
export const promotion = (input: RuleInput): Found | null => someOf(placesOf(input, asks));

export const capitals = ({ original }: RuleInput): Found | null => (isLoud(original) ? { evidence: {} } : null);

const ran = /(\S)\1{14,}|(\b\S{2,12}\b)(?:\s{1,3}\2){5,}/gu;

/** The same character fifteen times, or the same word six times, in a row. */
export const repetition = (input: RuleInput): Found | null => someOf(placesOf(input, ran));
