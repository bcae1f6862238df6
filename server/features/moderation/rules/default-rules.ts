import { type RuleSet, ruleSetSchema } from './rule-set.ts';

/** What holds until an admin writes other rules: version 0. */
export const defaultRules: RuleSet = ruleSetSchema.parse({
  rules: {
    suspectWords: { words: ['kys', 'onlyfans', 'casino', 'viagra', 'cialis', 'forex signals', 'crypto giveaway'] },
  },
});
