import type { Rule } from '../rule.ts';
import { promotions } from './promotion-phrases.ts';

/** Asks readers to subscribe, to follow for a follow, to come elsewhere for the writer's good. */
export const promotion: Rule<object> = (reading) => {
  const found = promotions(reading.folded.text);
  if (found.length === 0) return null;
  return { evidence: { words: found.map(({ kind, start, end }) => ({ kind, ...reading.span(start, end) })) } };
};
