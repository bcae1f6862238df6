import pg from 'pg';
import { expect, it } from 'vitest';
import { audited } from '../sql/counting-play.ts';
import { liveCampaign, user } from '../support/api.ts';
import { secret, startApp, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { watch } from '../support/watcher.ts';

const people = 20;
const rounds = 15;

it('kill -9 amid settling loses no notification and counts none twice', async () => {
  const { url: databaseUrl } = await freshDatabase();
  const killed = await startServerProcess({ databaseUrl, env: { JWT_SECRET: secret } });
  const id = await liveCampaign(killed.url);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) select $1, n, 'comment', 'x' from generate_series(1, $2) n`,
    [id, people],
  );
  // Everybody answers everybody, by another program, while the server is killed.
  for (let round = 1; round <= rounds; round++) {
    await client.query(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
       select $1, 100 + $2, 'comment', 'r', id from campaign_engagement where campaign_id = $1 and parent_comment_id is null`,
      [id, round],
    );
    if (round !== 8) continue;
    await eventually(async () => expect((await client.query('select from notification')).rowCount).toBeGreaterThan(0), {
      within: 10_000,
    });
    killed.kill('SIGKILL');
    await killed.exited;
  }
  const server = await startApp({ databaseUrl });
  const reader = await user(server.url, 7);
  expect((await reader('GET', '/me/notifications')).body).toMatchObject({
    unread: 1,
    items: [{ kind: 'reply', count: rounds }],
  });
  const watcher = await watch(server.url, { token: await token(9) });
  const { state } = await watcher.subscribe({ stream: 'user:9' });
  expect(state).toMatchObject([{ name: 'notification:unread', data: { unread: 1 } }]);
  await eventually(
    async () => {
      const { rows } = await client.query('select distinct count::int from notification');
      expect(rows).toEqual([{ count: rounds }]);
    },
    { within: 10_000 },
  );
  expect((await client.query('select from notification')).rowCount).toBe(people);
  expect(await audited(client)).toEqual([]);
  await client.end();
}, 90_000);
