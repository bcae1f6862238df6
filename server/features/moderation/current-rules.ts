import type { Pool } from '../../platform/db.ts';
import { defaultRules } from './rules/default-rules.ts';
import { type RuleSet, ruleSetSchema } from './rules/rule-set.ts';

/** The rules with the highest version; those that come with the server where nobody has written any. */
export async function currentRules(pool: Pick<Pool, 'query'>): Promise<RuleSet> {
  const { rows } = await pool.query<{ version: number; rules: object }>({
    name: 'current_rules',
    text: 'select version, rules from moderation_rules order by version desc limit 1',
  });
  const row = rows[0];
  return row ? ruleSetSchema.parse({ ...row.rules, version: row.version }) : defaultRules;
}
