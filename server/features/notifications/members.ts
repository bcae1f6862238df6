import { LRUCache } from 'lru-cache';
import type { Principal } from '../../platform/auth/principal.ts';
import type { Tokens } from '../../platform/auth/tokens.ts';
import type { Pool } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { settleWithin } from '../../platform/settle-within.ts';

const onceADayMs = 86_400_000;
const patienceMs = 1_000;

/**
 * The same tokens; who comes with one of an advertiser hears of its campaigns from then on, also of what other programs
 * write. Kept in the database once a day a user and process; a database that can't be reached keeps nobody out.
 */
export function noticing(tokens: Tokens, pool: Pool, log: Log): Tokens {
  const seen = new LRUCache<string, true>({ max: 20_000, ttl: onceADayMs });
  const notice = async ({ userId, advertiserId }: Principal) => {
    const member = `${advertiserId} ${userId}`;
    if (seen.has(member)) return;
    seen.set(member, true);
    const kept = pool.query('select see_member($1, $2)', [advertiserId, userId]).catch((error: unknown) => {
      seen.delete(member);
      log.warn({ cause: String(error) }, 'an advertiser’s user could not be kept');
    });
    await settleWithin(kept, patienceMs);
  };
  const verify = async (token: string) => {
    const who = await tokens.verify(token);
    if (who.advertiserId !== null && who.roles.has('advertiser')) await notice(who);
    return who;
  };
  return { ...tokens, verify };
}
