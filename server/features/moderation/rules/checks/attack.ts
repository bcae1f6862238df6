import { attacksOf } from '../abuse/attacks.ts';
import { sentencesOf } from '../abuse/sentences.ts';
import type { Rule } from '../rule.ts';

const mostAttacks = 20;

/** Threats, and attacks on groups of people in so many words; what is quoted, denied, reported or objected to is none. */
export const attack: Rule<object> = (reading) => {
  const attacks = attacksOf(sentencesOf(reading));
  if (attacks.length === 0) return null;
  const words = attacks
    .slice(0, mostAttacks)
    .map(({ kind, group, start, end }) => ({ kind, group, ...reading.span(start, end) }));
  return { evidence: { words } };
};
