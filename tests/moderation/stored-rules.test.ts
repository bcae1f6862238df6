import { expect, it } from 'vitest';
import { judge } from '../../server/features/moderation/rules/judge.ts';
import { ruleSetSchema } from '../../server/features/moderation/rules/rule-set.ts';
import { submission } from './submission.ts';

/** As `PUT /moderation/rules` wrote it before there were two models of spam. */
const stored = {
  version: 3,
  mode: 'on',
  rules: {
    bannedWords: { mode: 'on', outcome: 'hold', words: ['gloop'] },
    suspectWords: { mode: 'on', outcome: 'flag', words: ['casino'] },
    spam: { mode: 'on', flag: 0.33, hold: 0.33 },
    attack: { mode: 'on', outcome: 'hold' },
    abuse: { mode: 'on', outcome: 'flag', score: 0.97 },
    links: { mode: 'on', outcome: 'flag', most: 3, allowedHosts: [] },
    shorteners: { mode: 'on', outcome: 'flag' },
    contact: { mode: 'on', outcome: 'flag' },
    promotion: { mode: 'on', outcome: 'publish' },
    capitals: { mode: 'on', outcome: 'publish' },
    repetition: { mode: 'on', outcome: 'publish' },
    repeatedPosts: { mode: 'on', outcome: 'flag', byAuthor: 3, byAnybody: 10, atLeastCharacters: 40 },
    burst: { mode: 'on', outcome: 'publish', posts: 15, seconds: 60 },
    newCommenter: { mode: 'on', outcome: 'publish', comments: 1 },
    pastRejections: { mode: 'on', outcome: 'hold', atLeast: 10, share: 0.5 },
    external: { mode: 'off', timeoutMs: 800 },
  },
};

it('a rule set that was stored is read as it was written', () => {
  expect(ruleSetSchema.parse(stored)).toEqual(stored);
});

it.each([
  ['gloop', 'hold'],
  ['please subscribe to my channel', 'hold'],
  ['a casino pin', 'flag'],
  ['you stupid bitch', 'flag'],
  ['what a lovely dome', 'publish'],
])('and judges %j as it meant to: %s', async (text, outcome) => {
  expect((await judge(submission(text), ruleSetSchema.parse(stored))).outcome).toBe(outcome);
});
