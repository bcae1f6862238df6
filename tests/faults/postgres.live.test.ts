import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { liveCampaign, user } from '../support/api.ts';
import { secret, startApp } from '../support/app.ts';
import { runOn } from '../support/database.ts';
import { follow } from '../support/follower.ts';
import { eventually } from '../support/poll.ts';
import { startPostgresProcess, startServerProcess } from '../support/processes.ts';
import { startWriters } from '../support/writers.ts';
import { expectPromisesKept } from './promises.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off' };

const terminate = (name: string) =>
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like '${name}'`;

describe('while people write and watch', () => {
  it('a PostgreSQL that crashes and comes back costs no acknowledged write and no event', async () => {
    const postgres = await startPostgresProcess();
    await migrateUp(postgres.url);
    const server = await startServerProcess({ databaseUrl: postgres.url, env });
    const campaignId = await liveCampaign(server.url);
    const followers = [
      await follow(server.url, `campaign:${campaignId}`),
      await follow(server.url, `campaign:${campaignId}`),
    ];
    const writers = await startWriters([server.url], campaignId, 8);
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(60), { within: 20_000 });

    await postgres.kill();
    await eventually(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(503), { within: 10_000 });
    await postgres.start();

    const soFar = writers.acknowledged.length;
    await eventually(() => expect(writers.acknowledged.length).toBeGreaterThan(soFar + 60), { within: 20_000 });
    await eventually(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(200), { within: 15_000 });
    await writers.stop();
    await expectPromisesKept({ databaseUrl: postgres.url, campaignId, acknowledged: writers.acknowledged, followers });
  }, 90_000);

  it('listeners and leaders that are terminated come back, and what was written meanwhile arrives', async () => {
    const app = await startApp();
    const campaignId = await liveCampaign(app.url);
    const follower = await follow(app.url, `campaign:${campaignId}`);
    const writers = await startWriters([app.url], campaignId, 4);
    for (const name of ['campaign-pulse listen', 'campaign-pulse leader', 'campaign-pulse%', 'campaign-pulse listen']) {
      const before = follower.applied.length;
      await runOn(app.databaseUrl, terminate(name));
      await eventually(() => expect(follower.applied.length).toBeGreaterThan(before + 20), { within: 10_000 });
    }
    await writers.stop();
    await expectPromisesKept({
      databaseUrl: app.databaseUrl,
      campaignId,
      acknowledged: writers.acknowledged,
      followers: [follower],
    });
    await eventually(async () => expect((await fetch(`${app.url}/readyz`)).status).toBe(200), { within: 10_000 });
  }, 60_000);

  it('a long transaction of another program holds up its own campaign alone', async () => {
    const app = await startApp();
    const [held, free] = [await liveCampaign(app.url), await liveCampaign(app.url)];
    const follower = await follow(app.url, `campaign:${free}`);
    const psql = new pg.Client({ connectionString: app.databaseUrl });
    await psql.connect();
    await psql.query('begin');
    await psql.query("insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, 1, 'like')", [
      held,
    ]);
    // Somebody likes the held campaign; a neighbour in the same batch must not wait for that.
    const stuck = (await user(app.url, 61))('PUT', `/campaigns/${held}/reactions/like`);
    const asked = performance.now();
    const neighbour = await (await user(app.url, 62))('PUT', `/campaigns/${free}/reactions/like`);
    expect(neighbour.status).toBe(201);
    expect(performance.now() - asked).toBeLessThan(3_000);
    const writers = await startWriters([app.url], free, 2);
    await eventually(() => expect(follower.applied.length).toBeGreaterThan(20), { within: 10_000 });
    await psql.query('rollback');
    expect((await stuck).status).toBe(201);
    await psql.end();
    await writers.stop();
    await expectPromisesKept({
      databaseUrl: app.databaseUrl,
      campaignId: free,
      acknowledged: writers.acknowledged,
      followers: [follower],
    });
  }, 60_000);
});
