import type { RuleHit } from './judgement.ts';

/** What to tell an author before a text is sent, the gravest first. They may edit it, or send it as it is. */
const sentences: [rule: string, sentence: string][] = [
  ['attack', 'This reads like a threat or an attack on people. Would you say it to them in person?'],
  ['abuse', 'This may hurt whoever reads it. Would you like to put it another way?'],
  ['bannedWords', 'This uses a word that is not allowed here.'],
  [
    'spam',
    'This reads like an advertisement for something else. Comments that are about the campaign are seen sooner.',
  ],
  ['contact', 'This makes an address or a number public. Is it yours to share?'],
  ['links', 'This has many links. Comments with fewer are seen sooner.'],
  ['capitals', 'This is mostly in capitals, which reads like shouting.'],
];

export function nudgeFor(hits: RuleHit[]): string | null {
  const found = new Set(hits.filter(({ shadow }) => !shadow).map(({ rule }) => rule));
  return sentences.find(([rule]) => found.has(rule))?.[1] ?? null;
}
