import { beforeAll, describe, expect, it } from 'vitest';
import { impressionOf, laterOf } from '../features/impression-events.ts';
import { auditedOf, classesOf, crawlerAgent, trafficOf } from '../features/traffic.ts';
import { type Api, advertiser, apiAs, liveCampaign } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';
import { runCli } from './run-cli.ts';

let app: TestApp;
let anybody: Api;
beforeAll(async () => {
  app = await startApp();
  anybody = apiAs(app.url, null);
});

const send = (events: unknown[], agent = 'node') =>
  anybody('POST', '/impressions', { events }, { 'user-agent': agent });
const many = (id: number, count: number) => Array.from({ length: count }, () => impressionOf(id));
const classify = async (...args: string[]) => {
  const run = await runCli(['classify', '--json', ...args], { DATABASE_URL: app.databaseUrl });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(run.stdout);
};
const only = (id: number) => ['--campaign', String(id)];
const setLimit = (threshold: number, version: number) =>
  app.pool.query(`update traffic_rule set threshold = $1, version = $2 where rule = 'impressions_per_minute'`, [
    threshold,
    version,
  ]);

describe('classify', { timeout: 60_000 }, () => {
  it('moves nothing where the rules are those of the door', async () => {
    const id = await liveCampaign(app.url);
    const start = Date.now() - 60_000;
    const at = (ms: number) => ({ occurredAt: new Date(start + ms).toISOString() });
    const clicked = impressionOf(id, { ...at(0), sessionId: 'quick' });
    await send([...many(id, 130), clicked, laterOf('click', clicked.eventId, at(10))]);
    await send([impressionOf(id)], crawlerAgent);
    const before = await classesOf(app, id);
    expect(await classify(...only(id))).toEqual({ campaigns: 1, moves: [], dryRun: false });
    expect(await classesOf(app, id)).toEqual(before);
    expect(new Set(before)).toEqual(new Set([null, 'excessive_rate', 'premature_click', 'crawler']));
  });

  it('moves verdicts both ways when a rule changed; counters and live frames follow', async () => {
    const id = await liveCampaign(app.url);
    await send(many(id, 130));
    const watcher = await watch(app.url);
    await watcher.subscribe({ stream: `campaign:${id}` });
    const last = () => watcher.states.findLast(({ name }) => name === 'campaign:counters')?.data;
    const shown = (impressions: number) =>
      eventually(() => expect(last()).toMatchObject({ impressions }), { within: 10_000 });
    await setLimit(100, 2);
    const stricter = [
      { from: 'excessive_rate', to: 'excessive_rate', impressions: 10 },
      { from: null, to: 'excessive_rate', impressions: 20 },
    ];
    const dry = await classify(...only(id), '--dry-run');
    expect([dry.moves.toSorted(bySize), (await trafficOf(app, id)).valid?.impressions]).toEqual([stricter, 120]);
    expect((await classify(...only(id))).moves.toSorted(bySize)).toEqual(stricter);
    expect(await trafficOf(app, id)).toMatchObject({ valid: { impressions: 100 }, invalid: { impressions: 30 } });
    await shown(100);
    await setLimit(120, 3);
    await classify(...only(id));
    expect(await trafficOf(app, id)).toMatchObject({ valid: { impressions: 120 }, invalid: { impressions: 10 } });
    await shown(120);
    expect(await auditedOf(app, id)).toEqual([]);
  });

  it('takes out what an older version of the rule let pass: a click before its impression', async () => {
    const id = await liveCampaign(app.url);
    const start = Date.now() - 60_000;
    const at = (ms: number) => ({ occurredAt: new Date(start + ms).toISOString() });
    const seen = impressionOf(id, at(0));
    await send([seen, laterOf('click', seen.eventId, at(-5))]);
    // As it was left by version 1.
    await app.pool.query(
      `delete from impression_verdict where impression_id in (select id from campaign_impressions where campaign_id = $1)`,
      [id],
    );
    expect((await classify(...only(id), '--rule', 'click_delay')).moves).toEqual([
      { from: null, to: 'premature_click', impressions: 1 },
    ]);
    const { rows } = await app.pool.query(
      `select v.rule_version from impression_verdict v join campaign_impressions i on i.id = v.impression_id where i.campaign_id = $1`,
      [id],
    );
    expect([rows, await auditedOf(app, id)]).toEqual([[{ rule_version: 2 }], []]);
  });

  it('judges what other programs wrote, and leaves verdicts that no rule made', async () => {
    const id = await liveCampaign(app.url);
    await app.pool.query(
      `insert into campaign_impressions (campaign_id, session_id, user_agent)
       select $1, 's' || n, case n when 1 then $2 else 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' end
       from generate_series(1, 3) n`,
      [id, crawlerAgent],
    );
    await app.pool.query(
      `insert into impression_verdict (impression_id, class, rule, rule_version)
       select max(id), 'by hand', 'somebody', 1 from campaign_impressions where campaign_id = $1`,
      [id],
    );
    expect((await classify(...only(id), '--rule', 'click_delay')).moves).toEqual([]);
    expect((await classify(...only(id), '--rule', 'user_agent')).moves).toEqual([
      { from: null, to: 'crawler', impressions: 1 },
    ]);
    expect(await classesOf(app, id)).toEqual(['crawler', null, 'by hand']);
  });

  it('loses and doubles nothing while others write', async () => {
    const id = await liveCampaign(app.url);
    await send(many(id, 400));
    await setLimit(50, 4);
    let going = true;
    const writing = (async () => {
      while (going) await send([...many(id, 20), impressionOf(id, { sessionId: crypto.randomUUID() })]);
    })();
    await classify(...only(id));
    going = false;
    await writing;
    await classify(...only(id));
    expect(await auditedOf(app, id)).toEqual([]);
    const { rows } = await app.pool.query(
      `select count(*)::int as valid from campaign_impressions i where campaign_id = $1 and session_id = 's1'
         and not exists (select from impression_verdict v where v.impression_id = i.id)`,
      [id],
    );
    expect(rows).toEqual([{ valid: 50 }]);
  });

  it('credits what was billed, and the owner’s open screen and invoices follow', async () => {
    const id = await liveCampaign(app.url, { cpiRate: 1, campaignBudget: 100 });
    await setLimit(120, 5);
    await send(many(id, 60));
    await app.pool.query(`select close_billing($1, 'cycle')`, [id]);
    const watcher = await watch(app.url, { token: await token(9, { roles: ['advertiser'], advertiser_id: 5 }) });
    await watcher.subscribe({ stream: `advertiser:${id}` });
    await setLimit(40, 6);
    await classify(...only(id));
    const { data } = await watcher.until('campaign:metrics', ({ impressions }) => impressions === 40);
    expect(data).toMatchObject({ reach: 1, spend: 40 });
    const owner = await advertiser(app.url, 5);
    const { items } = (await owner('GET', `/campaigns/${id}/invoices`)).body;
    const credit = { invoiceType: 'credit_note', amount: 20, impressionsDelivered: -20 };
    expect(items).toMatchObject([credit, { invoiceType: 'cycle', amount: 60, refundAmount: 20 }]);
    expect(await auditedOf(app, id)).toEqual([]);
  });

  it('refuses a campaign that is not there, and a rule that is none', async () => {
    const env = { DATABASE_URL: app.databaseUrl };
    expect(await runCli(['classify', '--campaign', '999999'], env)).toMatchObject({
      code: 1,
      stderr: 'There is no campaign 999999.\n',
    });
    expect((await runCli(['classify', '--rule', 'weather'], env)).code).toBe(1);
  });
});

const bySize = (a: { impressions: number }, b: { impressions: number }) => a.impressions - b.impressions;
