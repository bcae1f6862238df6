import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import type { Feature } from '../feature.ts';
import type { Automod, AutomodMode } from './automod.ts';
import { startJudgingWritten } from './judge-written.ts';
import { type CheckTarget, readRules, replayRulesOperation, setRules } from './rules-operations.ts';

interface RulesOptions {
  automod: Automod;
  mode: AutomodMode;
  log: Log;
  pool: Pool;
  actPool: Pool;
  pastPool: Pool;
  checkTarget: CheckTarget;
}

/** The rules at the door, as data, and what is judged behind it. */
export function rules({ automod, mode, log, pool, actPool, pastPool, checkTarget }: RulesOptions): Feature {
  const written = mode === 'off' ? null : startJudgingWritten({ pool, actPool, judge: automod.judge, log });
  return {
    operations: [readRules(pool), setRules(actPool, checkTarget), replayRulesOperation(pool, pastPool)],
    async stop() {
      await written?.stop();
      await automod.stop();
    },
  };
}
