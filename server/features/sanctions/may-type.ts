import { LRUCache } from 'lru-cache';
import type { Pool } from '../../platform/db.ts';
import { fromCommenting, refuseRestricted } from '../restriction.ts';

const freshMs = 500;
const mostKept = 10_000;

/** Refuses `typing` of a user who may write no comment there. An answer is at most half a second old. */
export function createTypingCheck(pool: Pool): (userId: number, campaignId: number) => Promise<void> {
  const asked = new LRUCache<string, Promise<void>>({ max: mostKept, ttl: freshMs });
  return (userId, campaignId) => {
    const key = `${userId} ${campaignId}`;
    const known = asked.get(key);
    if (known) return known;
    const answer = refuseRestricted(pool, { userId, campaignId }, fromCommenting);
    asked.set(key, answer);
    return answer;
  };
}
