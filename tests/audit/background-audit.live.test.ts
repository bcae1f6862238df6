import { expect, test } from 'vitest';
import { runCli } from '../cli/run-cli.ts';
import { apiAs, liveCampaign } from '../support/api.ts';
import { secret, token } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { eventually } from '../support/poll.ts';
import { startServerProcess } from '../support/processes.ts';
import { query } from '../support/sql.ts';
import { watch } from '../support/watcher.ts';
import { activeCampaigns } from './activity.ts';

const env = { JWT_SECRET: secret, RATE_LIMITS: 'off', AUDIT_INTERVAL_MS: '20' };
const within = { within: 45_000 };

/** The figures of GET /metrics without labels. */
async function figures(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => /^\w+ /.test(line));
  return new Map(
    lines.map((line) => line.split(' ') as [string, string]).map(([name, value]) => [name, Number(value)]),
  );
}

const divergence = async (url: string) => (await figures(url)).get('pulse_audit_divergence');
const untilDivergence = (url: string, count: number) =>
  eventually(async () => expect(await divergence(url)).toBe(count), within);

/** Waits until every campaign has been looked at since now. */
async function untilAllLookedAt(url: string, campaigns: number): Promise<void> {
  const audited = async () => (await figures(url)).get('pulse_audited_campaigns_total') ?? 0;
  const enough = (await audited()) + campaigns + 1;
  await eventually(async () => expect(await audited()).toBeGreaterThanOrEqual(enough), within);
}

const findings = (output: string) =>
  output
    .split('\n')
    .filter((line) => line.includes('the audit found a difference'))
    .map((line) => JSON.parse(line));

test('a divergence shows in the metrics and by its place in the log, without content, and ends with a rebuild', {
  timeout: 120_000,
}, async () => {
  const { url: databaseUrl } = await freshDatabase();
  const [, second] = await activeCampaigns(databaseUrl, 3);
  const server = await startServerProcess({ databaseUrl, env });
  await untilAllLookedAt(server.url, 3);
  expect(await divergence(server.url)).toBe(0);

  await query(databaseUrl, `insert into campaign_viewers values ($1, 's:a session of somebody', 3)`, [second]);
  await query(databaseUrl, 'update campaign_counters set likes = 4141 where campaign_id = $1', [second]);
  await untilDivergence(server.url, 2);
  await untilAllLookedAt(server.url, 4);
  const found = findings(server.output());
  const place = { level: 50, campaignId: second, msg: 'the audit found a difference' };
  expect(found).toContainEqual(
    expect.objectContaining({ ...place, projection: 'campaign_counters', key: `${second}` }),
  );
  expect(found).toContainEqual(expect.objectContaining({ ...place, projection: 'campaign_viewers' }));
  expect(found.length, 'what is known is not told again').toBeLessThanOrEqual(3);
  expect(server.output()).not.toMatch(/somebody|4141/);

  expect(await runCli(['rebuild'], { DATABASE_URL: databaseUrl })).toMatchObject({ code: 0 });
  await untilDivergence(server.url, 0);
  server.kill('SIGTERM');
  expect(await server.exited).toMatchObject({ code: 0 });
});

test('a campaign without its counters is found too, and one that is deleted is wrong no longer', {
  timeout: 120_000,
}, async () => {
  const { url: databaseUrl } = await freshDatabase();
  const [first] = await activeCampaigns(databaseUrl, 2);
  const server = await startServerProcess({ databaseUrl, env });
  await query(databaseUrl, 'delete from campaign_counters where campaign_id = $1', [first]);
  await untilDivergence(server.url, 1);
  await query(databaseUrl, 'delete from campaign_profile where id = $1', [first]);
  await untilDivergence(server.url, 0);
});

test('what a node last showed is compared, also where every projection is right', { timeout: 120_000 }, async () => {
  const { url: databaseUrl } = await freshDatabase();
  const server = await startServerProcess({ databaseUrl, env });
  const campaignId = await liveCampaign(server.url);
  const watcher = await watch(server.url);
  await watcher.subscribe({ stream: `campaign:${campaignId}` });
  const like = async (userId: number) =>
    apiAs(server.url, await token(userId))('PUT', `/campaigns/${campaignId}/reactions/like`);

  // Watchers are shown what stands there; then it is put right behind the triggers, at the same version.
  await query(databaseUrl, 'update campaign_counters set likes = 70 where campaign_id = $1', [campaignId]);
  await like(1);
  await watcher.until('campaign:counters', ({ likes }) => likes === 71);
  await query(databaseUrl, 'update campaign_counters set likes = 1 where campaign_id = $1', [campaignId]);
  await untilDivergence(server.url, 1);
  await eventually(
    () =>
      expect(findings(server.output())).toContainEqual(
        expect.objectContaining({ campaignId, projection: 'shown', key: 'campaign:counters' }),
      ),
    within,
  );
  expect(await runCli(['audit'], { DATABASE_URL: databaseUrl })).toMatchObject({ code: 0 });

  await like(2);
  await watcher.until('campaign:counters', ({ likes }) => likes === 2);
  await untilDivergence(server.url, 0);
});
