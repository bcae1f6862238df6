import type { Rule } from '../rule.ts';

const letter = /\p{Lu}|\p{Ll}/gu;
const capital = /\p{Lu}/u;
const fewest = 10;
const loud = 0.6;

/** Only scripts that have capitals are counted. */
export const capitals: Rule<object> = ({ submission }) => {
  let all = 0;
  let upper = 0;
  for (const [found] of submission.text.matchAll(letter)) {
    all++;
    if (capital.test(found)) upper++;
  }
  return all > fewest && upper / all > loud ? { evidence: { share: Number((upper / all).toFixed(3)) } } : null;
};
