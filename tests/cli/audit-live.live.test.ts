import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { activeCampaigns } from '../audit/activity.ts';
import { impressionOf } from '../features/impression-events.ts';
import { apiAs, liveCampaign } from '../support/api.ts';
import { secret, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { query } from '../support/sql.ts';
import { startWriters } from '../support/writers.ts';
import { runCli } from './run-cli.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off' };

/** Reactions, impressions and likes of comments without end, over HTTP and by plain SQL. Answers how many when stopped. */
function startNoise(serverUrl: string, databaseUrl: string, campaignId: number) {
  let going = true;
  let made = 0;
  const clicks = async (userId: number) => {
    const as = apiAs(serverUrl, await token(userId));
    for (; going; made++) {
      await as('PUT', `/campaigns/${campaignId}/reactions/like`);
      await as('POST', `/campaigns/${campaignId}/impressions`, impressionOf(campaignId, { sessionId: `s${made % 9}` }));
      await as('DELETE', `/campaigns/${campaignId}/reactions/like`);
    }
  };
  const program = async () => {
    for (; going; made++) {
      await query(
        databaseUrl,
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
         select campaign_id, 7000 + $2, 'like', id from campaign_engagement
         where campaign_id = $1 and engagement_type = 'comment' order by id desc limit 5`,
        [campaignId, made],
      );
      await query(databaseUrl, `delete from campaign_engagement where campaign_id = $1 and user_id = 7000 + $2`, [
        campaignId,
        made - 3,
      ]);
      await delay(5);
    }
  };
  const done = Promise.all([clicks(61), clicks(62), program()]);
  return {
    async stop() {
      going = false;
      await done;
      return made;
    },
  };
}

test('audits in the middle of writing find no difference', async () => {
  const { url } = await freshDatabase();
  await activeCampaigns(url, 2);
  const server = await startServerProcess({ databaseUrl: url, env });
  const campaignId = await liveCampaign(server.url);
  const writers = await startWriters([server.url], campaignId, 6);
  const noise = startNoise(server.url, url, campaignId);
  await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(20), { within: 20_000 });

  for (let round = 1; round <= 4; round++) {
    const before = writers.acknowledged.length;
    const run = await runCli(['audit', '--json'], { DATABASE_URL: url });
    expect(run, run.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(run.stdout)).toEqual({ campaigns: 3, differences: [] });
    expect(writers.acknowledged.length, 'others wrote meanwhile').toBeGreaterThan(before);
  }
  await writers.stop();
  expect(await noise.stop()).toBeGreaterThan(20);
  expect(
    await query(url, 'select from campaign_impressions where campaign_id = $1 limit 3', [campaignId]),
  ).toHaveLength(3);
  expect(writers.refused).toEqual([]);
}, 120_000);
