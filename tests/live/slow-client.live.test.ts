import { expect, it } from 'vitest';
import { closeCodes } from '../../server/contract/live.ts';
import { liveCampaign } from '../support/api.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { watch } from '../support/watcher.ts';
import { connectionOf, metric, sqlOn, throttle, writeLong } from './slow-crowd.ts';

const others = 20;

async function world() {
  const database = await freshDatabase();
  const server = await startServerProcess({ databaseUrl: database.url, env: { JWT_SECRET: secret } });
  const id = await liveCampaign(server.url);
  return { server, id, stream: `campaign:${id}`, sql: await sqlOn(database.url) };
}

const p95 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
const late = (at: string) => Date.now() - Date.parse(at);
const allOf = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

it('a client that takes nothing is closed with a code and comes back complete; twenty others and the memory notice nothing', async () => {
  const { server, id, stream, sql } = await world();
  const crowd = await Promise.all(Array.from({ length: others }, () => watch(server.url)));
  for (const watcher of crowd) await watcher.subscribe({ stream });
  const delays: number[] = [];
  crowd[0]?.socket.on('comment:created', ({ at }: { at: string }) => delays.push(late(at)));
  const slow = await follow(server.url, stream);
  const from = slow.seq();
  const closed = new Promise<number | undefined>((resolve) =>
    slow.socket.once('disconnect', (_reason, details) =>
      resolve((details as { context?: { code?: number } } | undefined)?.context?.code),
    ),
  );
  const load = { campaignId: id, aSecond: 200, characters: 5_000 };
  const unhindered = await writeLong(sql, { ...load, seconds: 3 });
  await eventually(() => expect(delays.length).toBe(unhindered), { within: 5_000 });
  const usual = p95(delays.splice(0));
  const before = await metric(server.url, 'process_resident_memory_bytes');
  const { pause, resume } = connectionOf(slow);
  const connection = connectionOf(slow);
  pause.call(connection);
  const woken = eventually(async () => expect(await metric(server.url, 'pulse_slow_sockets_closed_total')).toBe(1), {
    within: 15_000,
  }).then(() => resume.call(connection));
  const written = unhindered + (await writeLong(sql, { ...load, seconds: 9 }));
  await woken;
  expect(await closed).toBe(closeCodes.tooSlow);

  for (const watcher of crowd)
    await eventually(() => expect(watcher.log.map(({ seq }) => seq)).toEqual(allOf(from + 1, written)), {
      within: 5_000,
    });
  expect(crowd.every(({ socket }) => socket.connected)).toBe(true);
  expect(p95(delays)).toBeLessThan(2 * usual + 2_000); // behind the one that takes nothing it would be all nine seconds
  expect((await metric(server.url, 'process_resident_memory_bytes')) - before).toBeLessThan(150 * 1024 * 1024);

  await eventually(() => expect(slow.seq()).toBe(from + written), { within: 10_000 });
  expect(slow.applied.map(({ seq }) => seq)).toEqual(allOf(from + 1, written));
  expect(slow.told).toMatchObject({ resets: 0 });
  expect(await metric(server.url, 'pulse_slow_sockets')).toBe(0);
}, 90_000);

it('a client that takes a little too little stays: it gets every event, and of the counters only some', async () => {
  const { server, id, stream, sql } = await world();
  const [quick, slow] = [await watch(server.url), await watch(server.url)];
  for (const watcher of [quick, slow]) await watcher.subscribe({ stream });
  const stop = throttle(slow, 100_000);
  // What the kernels keep is some megabytes: beyond it waits a little under the hard bound.
  let fill = 0;
  let likes = 0;
  while ((await metric(server.url, 'pulse_socket_conflated_frames_total')) <= 3) {
    if ((await metric(server.url, 'pulse_slow_sockets')) === 0) fill += await eventuallySlow(server.url, sql, id);
    likes++;
    await sql.query(`insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, 'like')`, [
      id,
      1_000 + likes,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  stop();
  for (const watcher of [quick, slow]) {
    await watcher.until('campaign:counters', (data) => data.likes === likes, 15_000);
    await eventually(() => expect(watcher.log.length).toBe(fill), { within: 15_000 });
    expect(watcher.socket.connected).toBe(true);
  }
  expect(slow.log.map(({ seq }) => seq)).toEqual(quick.log.map(({ seq }) => seq));
  const framesOf = (watcher: typeof slow) => watcher.states.filter(({ name }) => name === 'campaign:counters').length;
  expect(framesOf(slow)).toBeLessThan(framesOf(quick));
  expect(await metric(server.url, 'pulse_slow_sockets_closed_total')).toBe(0);
}, 60_000);

/** Writes until frames wait for a socket, and answers how many comments that were. */
async function eventuallySlow(
  url: string,
  sql: Awaited<ReturnType<typeof sqlOn>>,
  campaignId: number,
): Promise<number> {
  for (let written = 0; ; ) {
    await sql.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
       select $1, 21, 'comment', repeat('x', 5000) from generate_series(1, 10)`,
      [campaignId],
    );
    written += 10;
    await new Promise((resolve) => setTimeout(resolve, 50));
    if ((await metric(url, 'pulse_socket_queued_bytes')) > 0 && (await metric(url, 'pulse_slow_sockets')) === 1)
      return written;
  }
}
