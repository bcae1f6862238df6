import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../server/features/moderation/rules/default-rules.ts';
import { judge } from '../../server/features/moderation/rules/judge.ts';
import type { Span } from '../../server/features/moderation/rules/judgement.ts';
import { ruleSetSchema } from '../../server/features/moderation/rules/rule-set.ts';
import { ordinary, submission } from './submission.ts';
import { each, harmless, hateful } from './tolerance-cases.ts';

const outcomeOf = async (text: string, rules = defaultRules) => (await judge(submission(text), rules)).outcome;
const withRules = (rules: object) => ruleSetSchema.parse({ rules });
const stops = (outcome: string) => outcome === 'hold' || outcome === 'reject';

describe('what may be said', () => {
  it.each(Object.entries(harmless))('%s is never held', async (_kind, sentences) => {
    for (const { text } of each(sentences)) expect([text, stops(await outcomeOf(text))]).toEqual([text, false]);
  });

  it.each(Object.entries(hateful))('%s is held, whoever it is against', async (_kind, sentences) => {
    const cases = each(sentences);
    const held = await Promise.all(cases.map(async ({ text }) => stops(await outcomeOf(text))));
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(Math.floor(cases.length * 0.75));
  });

  it.each([
    'hello',
    'first',
    'Is the dome heated?',
    'Great campaign!',
    'comment 12',
    'ok',
    'Не могу дождаться',
    '好きです',
    'The dates are at https://northlight.example/courses/spring?from=the-campaign.',
    'See https://example.org/a',
    'More on this: https://en.wikipedia.org/wiki/Saturn',
  ])('%s is published', async (text) => expect(await outcomeOf(text)).toBe('publish'));

  it.each([
    'Check out my channel http://bit.ly/abc and subscribe!!!',
    'Hey guys please subscribe to my channel, new music video every week http://youtu.be/xyz',
    'EARN $5000 a month working from home, click here www.easy-money.example.com',
  ])('%s is held as spam', async (text) => {
    const { outcome, hits } = await judge(submission(text), defaultRules);
    expect([outcome, hits.some(({ rule }) => rule === 'spam')]).toEqual(['hold', true]);
  });
});

describe('a listed word', () => {
  const rules = withRules({ bannedWords: { words: ['scunner', 'bad phrase', 'клоун'] } });
  it.each([
    'scunner',
    'SCUNNER!',
    's.c.u.n.n.e.r',
    's.c.unner',
    's c u n n e r',
    'scuuuunnner',
    '5cunn3r',
    'ѕсunnеr',
    'sc\u200bunner',
    'ｓｃｕｎｎｅｒ',
    's\u0301c\u0301unner',
    'you (scunner)',
    'a bad   phrase',
    'b4d phrase',
    'ты клоун',
  ])('is found in %j, and the evidence cuts it out of the text', async (text) => {
    const { outcome, hits } = await judge(submission(text), rules);
    expect(outcome).toBe('reject');
    const words = (hits.find(({ rule }) => rule === 'bannedWords')?.evidence.words ?? []) as Span[];
    expect(words.length).toBeGreaterThan(0);
    for (const { text: piece, start, end } of words) expect(text.slice(start, end)).toBe(piece);
  });

  it.each(['scunnerish', 'unscunner', 'Scunthorpe', 'badphrases', 'клоунада'])('is not found in %j', async (text) =>
    expect(await outcomeOf(text, rules)).toBe('publish'),
  );
});

describe('every rule', () => {
  it('runs, whatever the others found', async () => {
    const rules = withRules({ bannedWords: { words: ['scunner'] } });
    const { hits } = await judge(
      submission('SCUNNER! SUBSCRIBE TO MY CHANNEL, MAIL ME: A@B.EXAMPLE http://bit.ly/x'),
      rules,
    );
    const found = hits.map(({ rule }) => rule);
    for (const rule of ['bannedWords', 'spam', 'shorteners', 'contact', 'promotion', 'capitals'])
      expect(found).toContain(rule);
  });

  it('in shadow writes down what it would have done, and does nothing', async () => {
    const rules = withRules({ bannedWords: { words: ['scunner'], mode: 'shadow' } });
    const { outcome, hits, nudge } = await judge(submission('scunner'), rules);
    expect([outcome, nudge]).toEqual(['publish', null]);
    expect(hits).toMatchObject([{ rule: 'bannedWords', outcome: 'reject', shadow: true }]);
  });

  it('that fails holds the text', async () => {
    const rules = withRules({});
    rules.rules.external = { mode: 'on', url: undefined, secret: undefined, timeoutMs: 50 } as never;
    const { outcome, hits } = await judge(submission('hello'), rules);
    expect([outcome, hits]).toEqual(['hold', [{ rule: 'external', outcome: 'hold', evidence: { failed: 'error' } }]]);
  });

  it('looks at who writes and what was posted before', async () => {
    const text = 'A sentence that is long enough to be compared with the others.';
    const post = (n: number, userId: number) => ({
      commentId: n,
      campaignId: n,
      userId,
      text,
      at: '2026-01-01T11:59:50.000Z',
    });
    const again = await judge(submission(`${text} !!`, { recent: [1, 2, 3].map((n) => post(n, 1)) }), defaultRules);
    expect(again.hits).toMatchObject([{ rule: 'repeatedPosts', evidence: { byAuthor: 3, campaigns: 3 } }]);
    const others = await judge(submission(text, { recent: [1, 2, 3].map((n) => post(n, 2)) }), defaultRules);
    expect(others.hits).toEqual([]);
    const author = { ...ordinary, comments: 20, rejections: 10 };
    expect((await judge(submission('hello', { author }), defaultRules)).outcome).toBe('hold');
  });
});

describe('any text', () => {
  it('that is too long for a comment to be read is held by each rule', async () => {
    const { outcome, hits } = await judge(submission('a '.repeat(60_000)), defaultRules);
    expect([outcome, new Set(hits.map(({ evidence }) => evidence.failed))]).toEqual(['hold', new Set(['error'])]);
  });

  it('is judged, and evidence points into it', async () => {
    const rules = withRules({ suspectWords: { words: ['ab', 'foo bar'] } });
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('ab', 'http://x.example/', 'a@b.cd', 'you are', '\u0000', '\ud800'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const text = pieces.join(' ');
        const { hits } = await judge(submission(text), rules);
        for (const { evidence } of hits) {
          const places = [...((evidence.words ?? []) as object[]), ...((evidence.links ?? []) as object[])];
          for (const place of places as { text: string; start: number; end: number }[])
            expect(text.slice(place.start, place.end)).toBe(place.text);
          expect(evidence).not.toHaveProperty('failed');
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    'a',
    'a ',
    '. ',
    '\u0300',
    'k.i.l.l. ',
    'http://',
    'a@',
    '1 2 3 ',
    '<',
    '"',
    'i hate ',
    'you are ',
    'sub ',
    'i will ',
  ])('of %j over and over costs no more than its length', async (unit) => {
    const long = unit.repeat(30_000).slice(0, 100_000);
    const startedAt = performance.now();
    expect((await judge(submission(long), defaultRules)).hits.map(({ evidence }) => evidence.failed)).not.toContain(
      'error',
    );
    // Ten times the usual cost: a pattern that goes back over the text again and again takes minutes here.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
