import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { apiAs, liveCampaign, type Reply, user } from '../support/api.ts';
import { secret, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { withClient } from '../support/sql.ts';
import type { Untyped } from '../support/untyped.ts';
import { watch } from '../support/watcher.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off', NEW_FLAGGER_HOURS: '0' };

it('kill -9 in the middle of deciding, also in batches: what was answered is there once, what was not is whole or not at all', async () => {
  const { url: databaseUrl } = await freshDatabase();
  let server = await startServerProcess({ databaseUrl, env });
  const { url } = server;
  const campaignId = await liveCampaign(url);
  const author = await user(url, 11);
  const reader = await user(url, 21);
  const ids: number[] = [];
  for (let n = 0; n < 60; n++) {
    const { body } = await author('POST', `/campaigns/${campaignId}/comments`, { text: `comment ${n}` });
    await reader('POST', `/comments/${body.id}/flags`, { reason: 'spam' });
    ids.push(body.id);
  }

  const answered: Untyped[] = [];
  const bearer = await token(31, { roles: ['moderator'], name: 'Mia' });
  const actionAt = (place: number) => (place % 2 ? 'approve' : 'reject');
  /** Until it is answered, under one key. */
  const send = async (path: string, body: object): Promise<Untyped> => {
    const key = { 'Idempotency-Key': randomUUID() };
    for (;;) {
      const reply: Reply | null = await apiAs(url, bearer)('POST', path, body, key).catch(() => null);
      if (reply?.status === 201) return reply.body;
      if (reply && reply.status < 500) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      await delay(50);
    }
  };
  /** Two hands decide one by one, the third in batches of four. */
  const alone = async (hand: number) => {
    for (const [place, id] of ids.entries())
      if (place % 3 === hand)
        answered.push(await send(`/moderation/items/${id}/decisions`, { action: actionAt(place), revision: 1 }));
  };
  const inBatches = async () => {
    const asked = ids.map((commentId, place) => ({ commentId, action: actionAt(place), revision: 1 }));
    const rest = asked.filter((_, place) => place % 3 === 2);
    for (let from = 0; from < rest.length; from += 4) {
      const { items } = await send('/moderation/decisions/batch', { decisions: rest.slice(from, from + 4) });
      answered.push(...items);
    }
  };
  const deciding = Promise.all([alone(0), alone(1), inBatches()]);
  await eventually(() => expect(answered.length).toBeGreaterThan(10), { within: 20_000 });
  server.kill('SIGKILL');
  await server.exited;
  server = await startServerProcess({ databaseUrl, env, port: Number(new URL(url).port) });
  await deciding;

  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(`select id::int, comment_id::int as comment from moderation_log order by id`);
    expect(rows.map(({ comment }) => comment).toSorted((a, b) => a - b)).toEqual(ids);
    expect(answered.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
    const batches = await client.query(
      'select count(*)::int as lines from moderation_log group by batch having batch is not null',
    );
    expect(batches.rows).toEqual(Array(5).fill({ lines: 4 }));
    expect(await audited(client)).toEqual([]);
  });
  const desk = await watch(server.url, { token: bearer });
  const { mode, events } = await desk.subscribe({ stream: 'moderation', seq: 0 });
  const decided = events.filter(({ name }: { name: string }) => name === 'moderation:decided');
  expect([mode, decided.length]).toEqual(['replayed', ids.length]);
}, 90_000);
