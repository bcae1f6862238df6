import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import type { Watcher } from '../support/watcher.ts';
import { connectionOf } from './slow-crowd.ts';

/**
 * Makes the socket one that takes nothing any more: its client stops reading, and then there are comments until the
 * kernels on both sides, which take some megabytes, are full and frames wait for it, though not so many that it is closed.
 * `witness` is another socket of the campaign.
 */
export async function getStuck(app: TestApp, campaignId: number, socket: Watcher, witness: Watcher): Promise<void> {
  connectionOf(socket).pause();
  const before = witness.log.length;
  let written = 0;
  const write = async (count: number) => {
    await app.pool.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 21, 'comment', repeat('🌋', 5000) from generate_series(1, $2::int)`,
      [campaignId, count],
    );
    written += count;
    await eventually(() => expect(witness.log.length).toBe(before + written), { within: 20_000 });
  };
  await write(100);
  for (const isStuck = async () => (await app.metrics.slowSockets.get()).values[0]?.value === 1; !(await isStuck()); ) {
    await write(10);
    await sleep(300); // longer than between two looks at the sockets
  }
}
