import { z } from 'zod';
import { timeSchema } from '../../contract/primitives.ts';
import type { Pool } from '../../platform/db.ts';
import { type Access, caller, type Operation, operation } from '../../platform/http/operation.ts';
import { Refusal } from '../../platform/refusal.ts';
import { once } from '../once.ts';
import { moderates } from '../visible-comment.ts';
import { currentRules } from './current-rules.ts';
import { decidedComments } from './decided-comments.ts';
import { replayRules } from './rules/replay/replay-rules.ts';
import { type RuleSet, ruleSetSchema } from './rules/rule-set.ts';

/** The secret of the external rule stays here; `secret: true` says that there is one. */
const shownRulesSchema = z.object({
  version: z.int().min(0),
  mode: z.enum(['on', 'shadow', 'off']),
  rules: z.record(z.string(), z.record(z.string(), z.unknown())),
  note: z.string().nullable(),
  createdBy: z.int().nullable(),
  createdAt: timeSchema.nullable(),
});

const rulesBody = z.strictObject({
  /** The version these are made from: of two who change it at once one is 409 `stale_revision`. */
  version: z.int().min(0),
  mode: ruleSetSchema.shape.mode,
  rules: ruleSetSchema.shape.rules,
  note: z.string().trim().max(1_000).optional(),
});

const replayBody = z.strictObject({
  mode: ruleSetSchema.shape.mode,
  rules: ruleSetSchema.shape.rules,
  last: z.int().min(1).max(2_000).default(500),
});

const admins: Access = (who) => who.roles.has('admin');

export const readRules = (pool: Pool): Operation =>
  operation({
    method: 'get',
    path: '/moderation/rules',
    summary: 'The rules that texts are judged by',
    access: moderates,
    answers: { 200: shownRulesSchema },
    handle: async () => ({ status: 200, body: await shownRules(pool) }),
  });

/** Whether a URL may be asked at all: null, or the code of what is wrong with it. */
export type CheckTarget = (url: string) => Promise<'invalid_url' | 'private_address' | null>;

export const setRules = (actPool: Pool, checkTarget: CheckTarget): Operation =>
  operation({
    method: 'put',
    path: '/moderation/rules',
    summary: 'Set the rules; every node judges by them within a second or two',
    access: admins,
    body: rulesBody,
    answers: { 200: shownRulesSchema },
    handle: async (call) => {
      const { url } = call.body.rules.external;
      const wrong = url ? await checkTarget(url) : null;
      return once(actPool, call.receipt, async (client) => {
        if (wrong) throw new Refusal(wrong); // in here: the first answer stands, wherever the name leads now
        const { version, note, ...wanted } = call.body;
        const { userId, name } = caller(call);
        await client.query("select lock_streams(array['moderation'])");
        const current = await currentRules(client);
        if (current.version !== version) {
          throw new Refusal('stale_revision', { detail: `The rules are at version ${current.version} now` });
        }
        const rules: RuleSet = { ...wanted, version: version + 1 };
        keepSecret(rules, current);
        const { external } = rules.rules;
        if (external.mode !== 'off' && !external.secret) {
          const pointer = '/rules/external/secret';
          throw new Refusal('invalid_body', { errors: [{ pointer, message: 'needs a secret' }] });
        }
        await client.query('insert into moderation_rules (version, rules, note, created_by) values ($1, $2, $3, $4)', [
          rules.version,
          JSON.stringify(rules),
          note ?? null,
          userId,
        ]);
        await client.query(
          `select append_moderation_log($1, $2, 'rules', null, null, null, null, null, $3, $4, null, null)`,
          [userId, name ?? `user ${userId}`, note ?? null, JSON.stringify({ version: rules.version })],
        );
        return { status: 200, body: await shownRules(client) };
      });
    },
  });

export const replayRulesOperation = (pool: Pool, pastPool: Pool): Operation =>
  operation({
    method: 'post',
    path: '/moderation/rules/replay',
    summary: 'Hold a draft of the rules against the last decisions; changes nothing',
    access: moderates,
    body: replayBody,
    answers: {
      200: z.object({
        decided: z.int(),
        precision: z.number().nullable(),
        recall: z.number().nullable(),
        changed: z.array(z.unknown()),
        falsePositives: z.object({ byLanguage: z.unknown(), byIdentityTerm: z.unknown() }),
      }),
    },
    handle: async ({ body: { last, ...draft } }) => {
      const current = await currentRules(pool);
      const decided = await decidedComments(pastPool, last);
      return { status: 200, body: await replayRules({ ...draft, version: current.version + 1 }, current, decided) };
    },
  });

/** A draft that was read without the secret is written back without it; another address needs another secret. */
function keepSecret({ rules: { external } }: RuleSet, { rules: { external: before } }: RuleSet): void {
  if (external.secret === undefined && external.url === before.url) external.secret = before.secret;
}

async function shownRules(db: Pick<Pool, 'query'>): Promise<z.infer<typeof shownRulesSchema>> {
  const { version, mode, rules } = await currentRules(db);
  const { rows } = await db.query<Pick<z.infer<typeof shownRulesSchema>, 'note' | 'createdBy' | 'createdAt'>>(
    `select note, created_by as "createdBy", iso(created_at) as "createdAt" from moderation_rules where version = $1`,
    [version],
  );
  const { secret, ...external } = rules.external;
  return {
    version,
    mode,
    rules: { ...rules, external: { ...external, hasSecret: secret !== undefined } },
    ...(rows[0] ?? { note: null, createdBy: null, createdAt: null }),
  };
}
