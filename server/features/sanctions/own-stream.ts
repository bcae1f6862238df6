import type { StreamKind } from '../../live/stream-kind.ts';
import type { Pool } from '../../platform/db.ts';

/** `user:{id}`: what concerns that user alone. Nothing is told on it before it is opened for the first time. */
export const ownStream = (actPool: Pool): StreamKind => ({
  pattern: /^user:([1-9][0-9]{0,15})$/,
  admit: async (id, who) => {
    if (!who) return 'unauthenticated';
    if (String(who.userId) !== id) return 'forbidden';
    await actPool.query({ name: 'wake_user', text: 'select wake_user($1)', values: [who.userId] });
    return null;
  },
  keptWhenBarred: true,
});
