/**
 * Threats, and denials that people are people, as the author's own words. Whoever quotes, denies or objects to such a
 * sentence is heard: then it is for the desk to see, and nothing is held.
 */
import type { Found, Place, RuleInput } from './rule.ts';
import { placesOf } from './sayings.ts';

const groups = `(?:wom[ae]n|girls|females|men|gays?|gay people|lesbians?|bisexuals?|trans(?:gender)?(?: people| women| men)?|queers?|blacks?|black people|white people|asians?|africans?|latin[oax]s?|mexicans?|chinese(?: people)?|arabs?|jews|jewish people|muslims?|christians?|hindus?|immigrants?|migrants?|refugees?|foreigners?|disabled people|cripples?|(?:the )?disabled)`;
const slurs = `(?:fagg?ots?|nigg(?:er|a)s?|kikes?|chinks?|spics?|trann(?:y|ies)|retards?|cunts?|pakis?|wetbacks?|ragheads?|gooks?|dykes?|cripples?)`;
const who = String.raw`(?:you|u|ya|him|her|them|your\s+\w+|all\s+\w+|those\s+\w+|these\s+\w+|every\s+\w+|${groups}|${slurs})`;
const harm = String.raw`(?:kill|murder|rape|hurt|beat(?:\s+up)?|shoot|stab|hang|burn|lynch|gas|strangle)`;
const few = String.raw`(?:[\w']+\s+){0,2}?`;

const sayings = [
  String.raw`\b(?:i(?:'ll| will|'m going to| am going to|'m gonna| wanna| want to| would)|we(?:'ll| will| should| must| need to| have to)|someone should|somebody should|(?:let's|lets))\s+${few}${harm}\s+${who}`,
  String.raw`\b(?:kill|hang|neck|shoot|drown)\s+(?:yourself|urself|yourselves)\b`,
  String.raw`\b(?:i\s+)?(?:hope|wish)\s+(?:that\s+)?(?:you|u|${few}(?:${groups}|${slurs}))\s+(?:all\s+)?(?:would\s+)?(?:die|get\s+(?:cancer|raped|killed)|burn|rot)\b`,
  String.raw`\b(?:${groups}|${slurs})\s+(?:all\s+)?(?:should|must|need\s+to|deserve\s+to|have\s+to|ought\s+to)\s+(?:all\s+|just\s+)?(?:die|burn|rot|suffer|hang|be\s+(?:all\s+)?(?:killed|shot|hanged|gassed|exterminated|wiped\s+out|raped|beaten|burned|eradicated|lynched))\b`,
  String.raw`\b(?:${groups}|${slurs})\s+(?:are|r)\s+${few}(?:vermin|animals|sub-?human|scum|parasites?|cockroaches|rats|pigs|diseased?|a\s+plague|filth|filthy|trash|garbage|worthless|inferior|not\s+human|monkeys|apes|dogs|cancer|disgusting)\b`,
  String.raw`\bi\s+${few}(?:hate|despise|detest|loathe)\s+(?:all\s+|those\s+|these\s+|the\s+|fucking\s+|every\s+|damn\s+){0,3}(?:${groups}|${slurs})\b`,
  String.raw`\b(?:you|u)(?:\s+are|'re|\s+r)?\s+(?:nothing\s+but\s+|just\s+|such\s+|all\s+)?(?:an?\s+)?(?:[\w']+\s+){0,2}?${slurs}\b`,
].map((source) => new RegExp(source, 'gu'));

/** In the same sentence they say that it is spoken of, or against. */
const distance =
  /\b(?:not|never|nobody|no\s+one|none|no|don't|dont|doesn't|isn't|aren't|won't|shouldn't|stop|wrong|unacceptable|say|says|saying|said|call|calls|called|calling|anyone\s+who|people\s+who|those\s+who|whoever|if\s+(?:some|any)(?:one|body)|hearing|heard|told|tells|wrote|writes|quote|hateful|hatred|racist|sexist|homophobic|transphobic|misogynist\w*|bigot\w*|sick\s+of\s+people|why\s+do|how\s+can)\b/u;
const quotation = /["“”«»„][^"“”«»„]*$/u;

export function attack(input: RuleInput): Found | null {
  const places = sayings.flatMap((saying) => placesOf(input, saying));
  if (places.length === 0) return null;
  const meant = places.filter((place) => !keepsDistance(input.original, place));
  return meant.length > 0
    ? { evidence: { words: meant } }
    : { outcome: 'flag', evidence: { words: places, quotedOrDenied: true } };
}

function keepsDistance(original: string, { text, start, end }: Place): boolean {
  const before = original.slice(Math.max(0, start - 300), start);
  const after = original.slice(end, end + 300);
  if (quotation.test(before) && /["“”«»]/u.test(after)) return true;
  const sentence = (before.split(/[.!?\n]/).at(-1) ?? '') + text + (after.split(/[.!?\n]/)[0] ?? '');
  return distance.test(sentence.toLowerCase().replaceAll('’', "'"));
}
