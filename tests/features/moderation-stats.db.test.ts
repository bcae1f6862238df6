import { beforeAll, expect, it } from 'vitest';
import { moderationStatsSchema } from '../../server/contract/moderation-stats.ts';
import { type Random, randomOf } from '../faults/random.ts';
import { type Api, admin, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { recountedStats } from './moderation-recount.ts';
import { moderator, rejected } from './moderators.ts';
import { verdicts } from './refusals.ts';

let app: TestApp;
let alice: Api;
let desk: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11);
  desk = await moderator(app.url, 709);
  campaignId = await liveCampaign(app.url);
});

/** One random act of a reader, a rule, a moderator or the author. */
async function act({ of, between }: Random, comments: number[]) {
  const run = (sql: string, ...values: unknown[]) => app.pool.query(sql, values);
  const id = comments.length > 0 ? of(comments) : 0;
  const what = of([
    'write',
    'hold',
    'flag',
    'flag',
    'reject',
    'reject',
    'approve',
    'undo',
    'appeal',
    'answer',
    'settle',
  ]);
  if (what === 'write' || id === 0) {
    comments.push((await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'x' })).body.id);
  } else if (what === 'hold') {
    const [status, outcome] = of([
      ['pending', 'hold'],
      ['rejected', 'reject'],
    ] as const);
    const item = { o: 0, c: campaignId, u: 11, text: 'x', status, hits: [{ rule: 'links', outcome }] };
    comments.push((await run('select body from add_comments($1)', JSON.stringify([item]))).rows[0].body.id);
  } else if (what === 'flag') {
    await (await user(app.url, Math.floor(between(100, 120))))('POST', `/comments/${id}/flags`, { reason: 'spam' });
  } else if (what === 'reject') {
    await rejected(app, id, { by: of([700, 701, 702]), reason: of(['spam', 'abusive', 'other']) });
  } else if (what === 'approve') {
    await run(
      `select decide_comment($1, 'approve', null, null, $2, null, null) from (select lock_comments(array[$1::bigint])) l`,
      id,
      of([700, 701]),
    );
  } else if (what === 'undo') {
    const { rows } = await run(
      `select max(id) as last from moderation_log l where comment_id = $1 and action in ('approve', 'reject')
         and not exists (select from moderation_log u where u.undoes = l.id)`,
      id,
    );
    await (await admin(app.url))('POST', `/moderation/decisions/${rows[0].last ?? 1}/undo`, {});
  } else if (what === 'appeal') {
    await alice('POST', `/comments/${id}/appeals`, { text: 'x' });
  } else if (what === 'answer') {
    const { rows } = await run(`select id from moderation_appeal where status = 'open' order by id limit 1`);
    const body = { action: of(['grant', 'deny']), explanation: 'x' };
    if (rows[0]) await desk('POST', `/moderation/appeals/${rows[0].id}/decision`, body);
  } else {
    await run(
      `update comment_flag f set outcome = $2, settled_by = l.id from moderation_log l
       where f.comment_id = $1 and l.comment_id = $1 and l.action in ('approve', 'reject') and l.actor_id is not null`,
      id,
      of(['agreed', 'disagreed', 'obsolete']),
    );
  }
}

it('over random periods the statistics are what the log and the tables say, counted one by one', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomOf(seed);
  const comments: number[] = [];
  const began = Date.now();
  for (let n = 0; n < 250; n++) await act(random, comments);
  const ended = Date.now();
  const periods = [
    [began, ended + 1],
    ...[1, 2, 3].map(() => [random.between(began, ended), random.between(began, ended)]),
  ];
  for (const [one = 0, other = 0] of periods) {
    const [from, to] = [new Date(Math.min(one, other)), new Date(Math.max(one, other) + 1)];
    const { body } = await desk('GET', `/moderation/stats?from=${from.toISOString()}&to=${to.toISOString()}`);
    const told = moderationStatsSchema.strict().parse(body);
    const naive = await recountedStats(app, from, to);
    expect({
      seed,
      inbound: told.inbound,
      handled: told.handled,
      byReason: Object.fromEntries(told.byReason.map(({ reason, rejected: n }) => [reason, n])),
      byModerator: told.byModerator,
      automated: { held: told.automated.held, rejected: told.automated.rejected },
      undone: told.agreement.decisions.undone,
      settled: told.agreement.flags.settled,
      agreed: told.agreement.flags.agreed,
      appeals: { filed: told.appeals.filed, decided: told.appeals.decided, upheld: told.appeals.upheld },
    }).toEqual({
      seed,
      inbound: naive.inbound,
      handled: naive.handled,
      byReason: naive.byReason,
      byModerator: naive.byModerator,
      automated: naive.automated,
      undone: naive.undone,
      settled: naive.flags.settled,
      agreed: naive.flags.agreed,
      appeals: naive.appeals,
    });
    const near = (a: number | null, b: number | null, by: number) =>
      expect(Math.abs((a ?? -1) - (b ?? -1))).toBeLessThan(by);
    near(told.timeToDecision.medianMs, naive.medianMs, 2); // JavaScript's times are whole milliseconds.
    near(told.timeToDecision.p90Ms, naive.p90Ms, 2);
    near(told.appeals.medianMs, naive.appealMedianMs, 2);
    if (naive.handled > 0) near(told.automated.share, naive.automatedShare, 0.0001);
  }
});

it('what is open is held, or flagged and undecided', async () => {
  const before = (await desk('GET', '/moderation/stats')).body.open;
  const { id } = (await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'x' })).body;
  for (const reader of [130, 131])
    await (await user(app.url, reader))('POST', `/comments/${id}/flags`, { reason: 'spam' });
  expect((await desk('GET', '/moderation/stats')).body.open).toBe(before + 1);
  await rejected(app, id);
  expect((await desk('GET', '/moderation/stats')).body.open).toBe(before);
});

it('a period that ends before it begins is refused, and users learn nothing', async () => {
  expect(
    await verdicts({
      backwards: () => desk('GET', '/moderation/stats?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z'),
      'no time': () => desk('GET', '/moderation/stats?from=yesterday'),
      user: () => alice('GET', '/moderation/stats?from=yesterday'),
    }),
  ).toEqual({ backwards: '400 invalid_query', 'no time': '400 invalid_query', user: '403 forbidden' });
});
