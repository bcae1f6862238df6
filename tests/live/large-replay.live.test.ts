import { expect, it } from 'vitest';
import type { SubscribeAnswer } from '../../server/contract/live.ts';
import { liveCampaign } from '../support/api.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { startServerProcess } from '../support/processes.ts';
import { type Watcher, watch } from '../support/watcher.ts';
import { connectionOf, metric, sqlOn } from './slow-crowd.ts';

const missed = 20_000;

it('a replay of twenty thousand events is whole, for ten at once and one that pauses in it, and nobody else waits', async () => {
  const database = await freshDatabase();
  const server = await startServerProcess({ databaseUrl: database.url, env: { JWT_SECRET: secret } });
  const id = await liveCampaign(server.url);
  const sql = await sqlOn(database.url);
  const write = (count: number, characters: number) =>
    sql.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 21, 'comment', repeat('x', $2) from generate_series(1, $3::int)`,
      [id, characters, count],
    );
  for (let written = 0; written < missed; written += 2_000) await write(2_000, 700);
  const stream = `campaign:${id}`;
  const witness = await watch(server.url);
  const { seq: head } = await witness.subscribe({ stream });
  const before = await metric(server.url, 'process_resident_memory_bytes');
  const delays: number[] = [];
  witness.socket.on('comment:created', ({ at }: { at: string }) => delays.push(Date.now() - Date.parse(at)));

  const late = await Promise.all(Array.from({ length: 10 }, () => watch(server.url)));
  const asking = late.map((watcher) => askUntilAnswered(watcher, stream));
  const pausing = late[0] ? connectionOf(late[0]) : undefined;
  setTimeout(() => pausing?.pause(), 200);
  setTimeout(() => pausing?.resume(), 2_500);
  let most = 0;
  const live = Array.from({ length: 20 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n * 100));
    most = Math.max(most, await metric(server.url, 'pulse_large_answers'));
    await write(1, 5);
  });
  const answers = await Promise.all(asking);
  await Promise.all(live);
  const all = (to: number) => Array.from({ length: to }, (_, n) => n + 1);
  for (const [place, answer] of answers.entries()) {
    const watcher = late[place];
    expect(answer.mode).toBe('replayed');
    await expect
      .poll(() => [...answer.events, ...(watcher?.log ?? [])].map((frame: { seq: number }) => frame.seq), {
        timeout: 5_000,
      })
      .toEqual(all(head + 20));
    expect(watcher?.socket.connected).toBe(true);
  }
  // The median: the clients, who read hundreds of megabytes of JSON here, hold up one another.
  expect(delays.sort((a, b) => a - b)[10]).toBeLessThan(1_000);
  expect((await metric(server.url, 'process_resident_memory_bytes')) - before).toBeLessThan(300 * 1024 * 1024);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
  expect(await metric(server.url, 'pulse_slow_sockets_closed_total')).toBe(0);
}, 120_000);

/** As a client does: told that it is not its turn it asks again. */
async function askUntilAnswered({ socket }: Watcher, stream: string): Promise<SubscribeAnswer> {
  for (;;) {
    const answer = await socket.timeout(20_000).emitWithAck('subscribe', { stream, seq: 0 });
    if (answer.ok) return answer;
    expect(answer.error.code).toBe('unavailable');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
