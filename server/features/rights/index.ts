import type { Feature, Services } from '../feature.ts';
import { decideAppeal, fileAppeal, listAppeals } from './appeals.ts';
import { decideNotice, fileNotice, listNotices } from './notices.ts';
import { readModerationStats } from './read-stats.ts';
import { listStatements } from './statements.ts';

/** What those are owed whom moderation concerns: appeals, notices, statements of reasons, and figures about all of it. */
export function rights({ pool, actPool, pastPool }: Services): Feature {
  return {
    operations: [
      fileAppeal(pool, actPool),
      listAppeals(pool),
      decideAppeal(actPool),
      fileNotice(pool, actPool),
      listNotices(pool),
      decideNotice(actPool),
      listStatements(pool, pastPool),
      readModerationStats(pastPool),
    ],
  };
}
