import type { Pool } from '../../platform/db.ts';
import type { Feature } from '../feature.ts';
import type { Automod } from './automod.ts';
import { type CheckTarget, readRules, replayRulesOperation, setRules } from './rules-operations.ts';

interface RulesOptions {
  automod: Automod;
  pool: Pool;
  actPool: Pool;
  pastPool: Pool;
  checkTarget: CheckTarget;
}

/** The rules at the door, as data. */
export const rules = ({ automod, pool, actPool, pastPool, checkTarget }: RulesOptions): Feature => ({
  operations: [readRules(pool), setRules(actPool, checkTarget), replayRulesOperation(pool, pastPool)],
  stop: automod.stop,
});
