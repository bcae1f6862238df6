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

it('kill -9 in the middle of deciding: what was answered is there once, what was not is whole or not at all', async () => {
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
  const decide = async (id: number, place: number) => {
    const key = randomUUID();
    const action = place % 2 ? 'approve' : 'reject';
    for (;;) {
      const reply: Reply | null = await apiAs(url, bearer)(
        'POST',
        `/moderation/items/${id}/decisions`,
        { action, revision: 1 },
        { 'Idempotency-Key': key },
      ).catch(() => null);
      if (reply?.status === 201) return void answered.push(reply.body);
      if (reply && reply.status < 500) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      await delay(50);
    }
  };
  const deciding = Promise.all(
    [0, 1, 2].map(async (hand) => {
      for (const [place, id] of ids.entries()) if (place % 3 === hand) await decide(id, place);
    }),
  );
  await eventually(() => expect(answered.length).toBeGreaterThan(10), { within: 20_000 });
  server.kill('SIGKILL');
  await server.exited;
  server = await startServerProcess({ databaseUrl, env, port: Number(new URL(url).port) });
  await deciding;

  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(`select id::int, comment_id::int as comment from moderation_log order by id`);
    expect(rows.map(({ comment }) => comment).toSorted((a, b) => a - b)).toEqual(ids);
    expect(answered.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
    expect(await audited(client)).toEqual([]);
  });
  const desk = await watch(server.url, { token: bearer });
  const { mode, events } = await desk.subscribe({ stream: 'moderation', seq: 0 });
  const decided = events.filter(({ name }: { name: string }) => name === 'moderation:decided');
  expect([mode, decided.length]).toEqual(['replayed', ids.length]);
}, 90_000);
