/** What rules say they found, as places in the text and as words beside it. Rules are others' work: nothing is trusted. */
import { z } from 'zod';
import type { Item } from '../../../server/contract/desk.ts';

const place = z.object({ start: z.int().min(0), end: z.int() });

export interface Piece {
  readonly text: string;
  /** The rules that found this piece; none: an ordinary one. */
  readonly rules: readonly string[];
  readonly at: number;
}
type Rule = Item['rules'][number];

/** The places in UTF-16 units that a rule names, within the text and not empty. */
export function placesOf(evidence: unknown, length: number): { start: number; end: number }[] {
  if (typeof evidence !== 'object' || evidence === null) return [];
  const lists = Object.values(evidence).filter((value): value is unknown[] => Array.isArray(value));
  return lists.flat().flatMap((entry) => {
    const read = place.safeParse(entry);
    if (!read.success || read.data.end > length || read.data.end <= read.data.start) return [];
    return [read.data];
  });
}

/** The text cut where places begin and end, so that places of several rules may overlap. Joined it is the text again. */
export function piecesOf(text: string, rules: readonly Rule[]): Piece[] {
  const found = rules.flatMap(({ rule, evidence }) =>
    placesOf(evidence, text.length).map((place) => ({ ...place, rule })),
  );
  const cuts = [...new Set([0, text.length, ...found.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).flatMap((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    if (end === start) return [];
    const names = found.filter((one) => one.start <= start && one.end >= end).map(({ rule }) => rule);
    return [{ text: text.slice(start, end), rules: [...new Set(names)], at: start }];
  });
}

/** The figures in the evidence of a rule that has no places. */
export function figuresOf(evidence: unknown): [string, number | string | boolean][] {
  if (typeof evidence !== 'object' || evidence === null) return [];
  return Object.entries(evidence).flatMap(([key, value]): [string, number | string | boolean][] =>
    typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? [[key, value]] : [],
  );
}

const reasonOfRule: Record<string, string> = {
  spam: 'spam',
  links: 'spam',
  shorteners: 'spam',
  contact: 'spam',
  promotion: 'spam',
  repeatedPosts: 'spam',
  burst: 'spam',
  newCommenter: 'spam',
  attack: 'abusive',
  abuse: 'abusive',
  bannedWords: 'offensive',
  suspectWords: 'offensive',
};

/** The reason that most readers gave, else the one that goes with a rule's finding; null when nothing speaks for one. */
export function suggestedReason(item: Pick<Item, 'flags' | 'rules'>): string | null {
  const most = Object.entries(item.flags.byReason).sort(([, a], [, b]) => b - a)[0];
  if (most !== undefined) return most[0];
  return item.rules.map(({ rule }) => reasonOfRule[rule]).find((reason) => reason !== undefined) ?? null;
}
