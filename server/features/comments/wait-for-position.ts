import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from '../../platform/db.ts';

const patienceMs = 2_000;
const everyMs = 50;

/**
 * Waits until the campaign's stream has reached `seq`, at most two seconds; the answer then tells with its own seq
 * whether it has. A read after one's own write never waits: what was acknowledged is committed.
 */
export async function waitForPosition(pool: Pool, campaignId: number, seq: number): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await pool.query<{ head: number }>({
      name: 'stream_head',
      text: 'select head from live_stream where stream = campaign_stream($1)',
      values: [campaignId],
    });
    if ((rows[0]?.head ?? 0) >= seq || performance.now() + everyMs > deadline) return;
    await delay(everyMs);
  }
}
