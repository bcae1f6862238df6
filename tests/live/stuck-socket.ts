import { expect } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import type { Watcher } from '../support/watcher.ts';

/**
 * Makes the socket one that takes nothing any more: its client stops reading, and then there are comments until the
 * kernels on both sides, which take some megabytes, are full. `witness` is another socket of the campaign.
 */
export async function getStuck(app: TestApp, campaignId: number, socket: Watcher, witness: Watcher): Promise<void> {
  // The engine's types hide the connection.
  const { transport } = socket.socket.io.engine as unknown as {
    transport: { ws: { _socket: { pause(): void } } };
  };
  transport.ws._socket.pause();
  const before = witness.log.length;
  await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
     select $1, 21, 'comment', repeat('🌋', 5000) from generate_series(1, 400)`,
    [campaignId],
  );
  await eventually(() => expect(witness.log.length).toBe(before + 400), { within: 20_000 });
}
