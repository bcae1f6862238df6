/**
 * Every enabled rule runs on every text, whatever the others found, and the hardest outcome holds. A rule that throws or
 * does not answer in time holds the text: nothing is published unseen.
 */
import type { z } from 'zod';
import { attack } from './attack.ts';
import { askExternal } from './external.ts';
import { harder, type Judgement, type Outcome, type RuleHit, type Submission } from './judgement.ts';
import { links, shortened } from './links.ts';
import { abuse, spam } from './models.ts';
import { nudgeFor } from './nudge.ts';
import { burst, newCommenter, pastRejections, repeatedPosts } from './record.ts';
import { type Found, inputOf, type RuleInput } from './rule.ts';
import type { RuleName, RuleSet, ruleSetSchema } from './rule-set.ts';
import { capitals, contact, promotion, repetition } from './sayings.ts';
import { type WordList, wordList } from './words.ts';

type Rules = z.infer<typeof ruleSetSchema>['rules'];
type Check<N extends RuleName> = (input: RuleInput, settings: Rules[N]) => Found | null | Promise<Found | null>;

const checks: { [N in RuleName]: Check<N> } = {
  bannedWords: (input, { words }) => listed(input, words),
  suspectWords: (input, { words }) => listed(input, words),
  spam,
  attack,
  abuse,
  links,
  shorteners: shortened,
  contact,
  promotion,
  capitals,
  repetition,
  repeatedPosts,
  burst,
  newCommenter,
  pastRejections,
  external: (input, settings) => askExternal(input, settings),
};

export async function judge(submission: Submission, { version, mode, rules }: RuleSet): Promise<Judgement> {
  const input = inputOf(submission);
  const running = (Object.keys(checks) as RuleName[])
    .filter((name) => mode !== 'off' && rules[name].mode !== 'off')
    .map((name) => run(name, input, rules, mode === 'shadow' || rules[name].mode === 'shadow'));
  const hits = (await Promise.all(running)).filter((hit) => hit !== null);
  return {
    outcome: hits
      .filter(({ shadow }) => !shadow)
      .reduce<Outcome>((hardest, hit) => harder(hardest, hit.outcome), 'publish'),
    hits,
    nudge: nudgeFor(hits),
    rulesVersion: version,
  };
}

async function run<N extends RuleName>(
  rule: N,
  input: RuleInput,
  rules: Rules,
  inShadow: boolean,
): Promise<RuleHit | null> {
  const settings = rules[rule];
  const usual: Outcome = 'outcome' in settings ? settings.outcome : 'hold';
  const found = await Promise.resolve()
    .then(() => checks[rule](input, settings))
    .catch((error: unknown): Found => ({ outcome: 'hold', evidence: { failed: reasonOf(error) } }));
  if (found === null) return null;
  return {
    rule,
    outcome: found.outcome ?? usual,
    evidence: found.evidence,
    ...(found.score === undefined ? {} : { score: found.score }),
    ...(inShadow ? { shadow: true as const } : {}),
  };
}

const reasonOf = (error: unknown) =>
  error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError') ? 'timeout' : 'error';

/** Lists are read into a form that is quick to search, once for each version of them. */
const lists = new WeakMap<string[], WordList>();
function listed({ reading, original }: RuleInput, words: string[]): Found | null {
  if (words.length === 0) return null;
  const list = lists.get(words) ?? wordList(words);
  lists.set(words, list);
  const found = list.find(reading, original);
  return found.length > 0 ? { evidence: { words: found.slice(0, 20) } } : null;
}
