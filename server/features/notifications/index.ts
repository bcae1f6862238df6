import type { Feature, Services } from '../feature.ts';
import { listNotifications } from './list-notifications.ts';
import { readPreferences, setPreferences } from './preferences.ts';
import { archiveNotifications, readNotifications } from './read-notifications.ts';
import { startSettleLoop } from './settle-loop.ts';
import { startUpkeepLoop } from './upkeep-loop.ts';

/** What a user is told of; `user:{id}` is the stream of it, for that user alone. */
export function notifications({ pool, actPool, log, metrics }: Services): Feature {
  const settling = startSettleLoop(actPool, log, metrics);
  const upkeep = startUpkeepLoop(actPool, log, metrics);
  return {
    operations: [
      listNotifications(pool, actPool),
      readNotifications(actPool),
      archiveNotifications(actPool),
      readPreferences(pool),
      setPreferences(actPool),
    ],
    hint: settling.wake,
    stop: async () => {
      await Promise.all([settling.stop(), upkeep.stop()]);
    },
  };
}
