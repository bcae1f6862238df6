/** The rules as data: what moderators see and admins change. Thresholds are shares or counts; times say their unit. */
import { z } from 'zod';
import { outcomes } from './judgement.ts';

/** `shadow` writes down what a rule would have done and does nothing. */
const mode = z.enum(['on', 'shadow', 'off']).default('on');
const outcome = z.enum(outcomes);
/** No rule of anybody's is waited for longer, in milliseconds. */
export const longestRuleMs = 5_000;
const share = z.number().min(0).max(1);
const count = z.int().min(1).max(10_000);
const words = z.array(z.string().trim().min(2).max(100)).max(5_000);
const hosts = z.array(z.string().trim().toLowerCase().min(3).max(253)).max(1_000);

const rules = z.strictObject({
  /** Whole words, whatever the spelling: b.a.n.n.e.d, b4nned, bаnned, baaanned. */
  bannedWords: z.strictObject({ mode, outcome: outcome.default('reject'), words: words.default([]) }).prefault({}),
  suspectWords: z.strictObject({ mode, outcome: outcome.default('flag'), words: words.default([]) }).prefault({}),
  /** The models: from `flag` on it goes to the desk, from `hold` on it waits there. */
  spam: z.strictObject({ mode, flag: share.default(0.33), hold: share.default(0.33) }).prefault({}),
  /** A threat or a denial of somebody's humanity, said by the author and not about it. */
  attack: z.strictObject({ mode, outcome: outcome.default('hold') }).prefault({}),
  /** The model of offensive language, of texts that speak to somebody: asks them to think again, and is evidence. */
  abuse: z.strictObject({ mode, outcome: outcome.default('publish'), score: share.default(0.97) }).prefault({}),
  links: z
    .strictObject({ mode, outcome: outcome.default('flag'), most: count.default(3), allowedHosts: hosts.default([]) })
    .prefault({}),
  shorteners: z.strictObject({ mode, outcome: outcome.default('flag'), hosts: hosts.optional() }).prefault({}),
  contact: z.strictObject({ mode, outcome: outcome.default('flag') }).prefault({}),
  /** These four are evidence beside the model's score; alone they say little. */
  promotion: z.strictObject({ mode, outcome: outcome.default('publish') }).prefault({}),
  capitals: z.strictObject({ mode, outcome: outcome.default('publish') }).prefault({}),
  repetition: z.strictObject({ mode, outcome: outcome.default('publish') }).prefault({}),
  /** The same words, or nearly: posted by the author so often within a day, or by anybody. Short texts are exempt. */
  repeatedPosts: z
    .strictObject({
      mode,
      outcome: outcome.default('flag'),
      byAuthor: count.default(3),
      byAnybody: count.default(10),
      atLeastCharacters: count.default(40),
    })
    .prefault({}),
  burst: z
    .strictObject({
      mode,
      outcome: outcome.default('publish'),
      posts: count.max(20).default(15),
      seconds: count.default(60),
    })
    .prefault({}),
  /** A first comment that brings a link or a contact. */
  newCommenter: z.strictObject({ mode, outcome: outcome.default('publish'), comments: count.default(1) }).prefault({}),
  pastRejections: z
    .strictObject({ mode, outcome: outcome.default('hold'), atLeast: count.default(10), share: share.default(0.5) })
    .prefault({}),
  /** A rule of somebody else: asked over HTTP, signed by the Standard Webhooks specification. */
  external: z
    .strictObject({
      mode: z.enum(['on', 'shadow', 'off']).default('off'),
      url: z.url({ protocol: /^https?$/ }).optional(),
      secret: z.string().startsWith('whsec_').max(200).optional(),
      /** As rules are read: whether there is one. The secret itself is never shown. */
      hasSecret: z.boolean().optional(),
      timeoutMs: z.int().min(50).max(longestRuleMs).default(800),
    })
    .refine(({ mode, url }) => mode === 'off' || url, 'needs a url')
    .prefault({}),
});

export const ruleSetSchema = z.strictObject({
  version: z.int().min(0).default(0),
  mode,
  rules: rules.prefault({}),
});
export type RuleSet = z.infer<typeof ruleSetSchema>;
export type RuleName = keyof RuleSet['rules'];
export type RuleSettings<Name extends RuleName> = RuleSet['rules'][Name];
