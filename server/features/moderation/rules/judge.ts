/**
 * Every enabled rule runs on every text, whatever the others found, and the hardest outcome holds. A rule that throws or
 * is late holds the text and says so: nothing is published unseen. Rules of our own answer at once, in time linear in the
 * text; no clock is held against them, so what they say depends on the submission alone. Only the external rule waits.
 */
import { abuse } from './checks/abuse.ts';
import { attack } from './checks/attack.ts';
import { capitals } from './checks/capitals.ts';
import { contact } from './checks/contact.ts';
import { type AskExternal, nobody } from './checks/external.ts';
import { links, shorteners } from './checks/links.ts';
import { promotion } from './checks/promotion.ts';
import { burst, newCommenter, pastRejections, repeatedPosts } from './checks/record.ts';
import { repetition } from './checks/repetition.ts';
import { spam } from './checks/spam.ts';
import { listedWords } from './checks/word-lists.ts';
import { harder, type Judgement, type Outcome, type RuleHit, type Submission } from './judgement.ts';
import { nudgeFor } from './nudge.ts';
import { type Reading, read } from './reading.ts';
import type { Found } from './rule.ts';
import type { RuleName, RuleSet, RuleSettings } from './rule-set.ts';

type Check<N extends RuleName> = (reading: Reading, settings: RuleSettings<N>) => Found | null;
type OwnRule = Exclude<RuleName, 'external'>;

const checks: { [N in OwnRule]: Check<N> } = {
  bannedWords: listedWords,
  suspectWords: listedWords,
  spam,
  attack,
  abuse,
  links,
  shorteners,
  contact,
  promotion,
  capitals,
  repetition,
  repeatedPosts,
  burst,
  newCommenter,
  pastRejections,
};
const ownRules = Object.keys(checks) as OwnRule[];

export async function judge(submission: Submission, ruleSet: RuleSet, ask: AskExternal = nobody): Promise<Judgement> {
  const { version, mode, rules } = ruleSet;
  const runs = (name: RuleName) => mode !== 'off' && rules[name].mode !== 'off';
  const reading = readingOf(submission);
  const answers = ownRules.filter(runs).map((name) => hitOf(name, ruleSet, () => check(name, reading(), rules[name])));
  if (runs('external')) {
    answers.push(await hitOfLater('external', ruleSet, () => ask(reading(), rules.external), rules.external.timeoutMs));
  }
  const hits = answers.filter((hit) => hit !== null);
  return {
    outcome: hits
      .filter(({ shadow }) => !shadow)
      .reduce<Outcome>((hardest, hit) => harder(hardest, hit.outcome), 'publish'),
    hits,
    nudge: nudgeFor(hits),
    rulesVersion: version,
  };
}

/** Read once, by the first rule that asks; a text that can't be read fails each of them. */
function readingOf(submission: Submission): () => Reading {
  let reading: Reading | undefined;
  return () => {
    reading ??= read(submission);
    return reading;
  };
}

const check = <N extends OwnRule>(name: N, reading: Reading, settings: RuleSettings<N>) =>
  checks[name](reading, settings);

function hitOf(rule: OwnRule, ruleSet: RuleSet, run: () => Found | null): RuleHit | null {
  try {
    return hit(rule, ruleSet, run());
  } catch {
    return hit(rule, ruleSet, failed('error'));
  }
}

/** The deadline is the rule's own, whatever the rule itself makes of its time. */
async function hitOfLater(
  rule: RuleName,
  ruleSet: RuleSet,
  run: () => Promise<Found | null>,
  deadlineMs: number,
): Promise<RuleHit | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Found>((resolve) => {
    timer = setTimeout(() => resolve(failed('timeout')), deadlineMs);
  });
  const answer = Promise.resolve()
    .then(run)
    .catch((error: unknown) => failed(reasonOf(error)));
  const found = await Promise.race([answer, late]);
  clearTimeout(timer);
  return hit(rule, ruleSet, found);
}

/** What went wrong may quote the text or a secret: it is not kept. */
const failed = (why: 'error' | 'timeout'): Found => ({ outcome: 'hold', evidence: { failed: why } });
const reasonOf = (error: unknown) => (error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'error');

function hit(rule: RuleName, { mode, rules }: RuleSet, found: Found | null): RuleHit | null {
  if (found === null) return null;
  const settings = rules[rule];
  const usual: Outcome = 'outcome' in settings ? settings.outcome : 'hold';
  return {
    rule,
    outcome: found.outcome ?? usual,
    evidence: found.evidence,
    ...(found.score === undefined ? {} : { score: found.score }),
    ...(mode === 'shadow' || settings.mode === 'shadow' ? { shadow: true as const } : {}),
  };
}
