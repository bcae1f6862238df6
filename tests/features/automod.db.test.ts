import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, admin, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp, token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { watch } from '../support/watcher.ts';

let app: TestApp;
let id: number;
let ada: Api;
let mia: Api;
let root: Api;
const spam = 'Check out my channel http://bit.ly/abc and subscribe for free money!!!';
beforeAll(async () => {
  app = await startApp();
  id = await liveCampaign(app.url);
  ada = await user(app.url, 11, 'Ada');
  mia = apiAs(app.url, await token(70, { roles: ['moderator'], name: 'Mia' }));
  root = await admin(app.url);
});
const post = (text: string, who = ada, query = '') => who('POST', `/campaigns/${id}/comments${query}`, { text });
const listed = async () => (await ada('GET', `/campaigns/${id}/comments?limit=100`)).body.items as { id: number }[];

describe('a text that the rules stop', () => {
  it('is answered 202 with the reason, listed nowhere, and waits at the desk with the evidence', async () => {
    const { status, body } = await post(spam);
    expect([status, body]).toEqual([202, { id: expect.any(Number), status: 'pending', reason: 'spam' }]);
    expect((await listed()).map((one) => one.id)).not.toContain(body.id);
    const { body: item } = await mia('GET', `/moderation/items/${body.id}`);
    expect(item).toMatchObject({ commentId: body.id, queue: 'pending', revision: 1 });
    expect(item.rules).toContainEqual(expect.objectContaining({ rule: 'spam' }));
    expect((await apiAs(app.url, null)('GET', `/comments/${body.id}`)).status).toBe(404);
  });

  it('and one that is only flagged is published, and reported to the desk by the rule', async () => {
    const { status, body } = await post('There is a casino pin at the stand.');
    expect(status).toBe(201);
    const { body: item } = await mia('GET', `/moderation/items/${body.id}`);
    expect(item).toMatchObject({ queue: 'reported', flags: { total: 0 } });
    expect(item.rules).toContainEqual(expect.objectContaining({ rule: 'suspectWords' }));
  });

  it('is announced when a moderator approves it', async () => {
    const watcher = await watch(app.url);
    await watcher.subscribe({ stream: `campaign:${id}` });
    const { body } = await post(`${spam} Again!`);
    const decided = await mia('POST', `/moderation/items/${body.id}/decisions`, { action: 'approve', revision: 1 });
    expect(decided.status).toBe(201);
    await watcher.until('comment:created', (data) => data.id === body.id, 3_000);
  });

  it('is published when nothing is found in it', async () => {
    expect((await post('What a lovely dome.')).status).toBe(201);
  });

  it('is stopped in an edit as well', async () => {
    const { body } = await post('A quiet sentence.');
    const edited = await ada('PATCH', `/comments/${body.id}`, { text: spam, revision: 1 });
    expect((await listed()).map((one) => one.id)).not.toContain(body.id);
    expect((await mia('GET', `/moderation/items/${body.id}`)).body).toMatchObject({ queue: 'pending', revision: 2 });
    expect(edited.status).toBeLessThan(300);
  });

  it('by an edit is found as often as by a new comment, and no edit repeats itself', async () => {
    const text = (n: number) => `The same long sentence about the northern dome, over and over again${'.'.repeat(n)}`;
    const rulesOf = async (comment: number) => {
      const { rows } = await app.pool.query(
        `select evidence from comment_rule_hit where comment_id = $1 and rule = 'repeatedPosts'`,
        [comment],
      );
      return rows.map(({ evidence }) => evidence.byAuthor);
    };
    const bo = await user(app.url, 13, 'Bo');
    const ids: number[] = [];
    for (const n of [1, 2, 3]) {
      const { body } = await post(`Something else ${n}`, bo);
      for (const revision of [1, 2]) await bo('PATCH', `/comments/${body.id}`, { text: text(n * revision), revision });
      ids.push(body.id);
    }
    expect(await Promise.all(ids.map(rulesOf))).toEqual([[], [], []]);
    const { body } = await post('A fourth thing', bo);
    await bo('PATCH', `/comments/${body.id}`, { text: text(7), revision: 1 });
    expect(await rulesOf(body.id)).toEqual([3]);
    const { body: fifth } = await post(text(8), bo);
    expect(await rulesOf(fifth.id)).toEqual([4]);
  });

  it('can be asked about before it is sent, and nothing is written', async () => {
    const before = await app.pool.query('select count(*) from campaign_engagement');
    expect(await post(spam, ada, '?check=1')).toMatchObject({
      status: 200,
      body: { status: 'pending', nudge: expect.stringContaining('advertisement') },
    });
    expect((await post('Fine.', ada, '?check=1')).body).toEqual({ status: 'published', nudge: null });
    expect((await app.pool.query('select count(*) from campaign_engagement')).rows).toEqual(before.rows);
  });
});

describe('rules as data', () => {
  it('are read by moderators and set by admins alone, from the version they were read at', async () => {
    expect((await ada('GET', '/moderation/rules')).status).toBe(403);
    const { body: rules } = await mia('GET', '/moderation/rules');
    expect((await mia('PUT', '/moderation/rules', { version: rules.version, rules: {} })).status).toBe(403);
    const next = { ...rules.rules, bannedWords: { words: ['gloop'], outcome: 'hold' } };
    const set = await root('PUT', '/moderation/rules', { version: rules.version, rules: next, note: 'no gloop' });
    expect(set).toMatchObject({ status: 200, body: { version: rules.version + 1, note: 'no gloop' } });
    const stale = await root('PUT', '/moderation/rules', { version: rules.version, rules: next });
    expect([stale.status, stale.body.code]).toEqual([409, 'stale_revision']);
    expect((await mia('GET', '/moderation/log')).body.items[0]).toMatchObject({
      action: 'rules',
      explanation: 'no gloop',
    });
    await eventually(async () => expect((await post(`So much g-l-o-o-p here`)).status).toBe(202), { within: 5_000 });
  });

  it('do not ask anybody at a private address', async () => {
    const { version } = (await mia('GET', '/moderation/rules')).body;
    const secret = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`;
    for (const [url, code] of [
      ['https://127.0.0.1/rule', 'private_address'],
      ['https://metadata.internal/rule', 'private_address'],
      ['http://rules.example/rule', 'invalid_url'],
    ]) {
      const rules = { external: { mode: 'on', url, secret } };
      const refused = await root('PUT', '/moderation/rules', { version, rules });
      expect([url, refused.status, refused.body.code]).toEqual([url, expect.any(Number), code]);
    }
    expect((await mia('GET', '/moderation/rules')).body.version).toBe(version);
  });

  it('that are no rules are refused where they are wrong', async () => {
    const { version } = (await mia('GET', '/moderation/rules')).body;
    const wrong = await root('PUT', '/moderation/rules', { version, rules: { spam: { hold: 2 }, nonsense: {} } });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid_body']);
    expect(wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/rules/spam/hold');
  });

  it('as a draft are held against what was decided, and change nothing', async () => {
    const texts = ['This is an opinion about the blorp.', 'blorp for sale', 'Nothing to see.'];
    for (const [n, text] of texts.entries()) {
      const { body } = await post(text);
      await ada('POST', `/comments/${body.id}/flags`, { reason: 'other' });
      const action = n === 1 ? 'reject' : 'approve';
      const decision = { action, reason: 'spam', revision: 1 };
      expect((await mia('POST', `/moderation/items/${body.id}/decisions`, decision)).status).toBe(201);
    }
    const draft = { bannedWords: { words: ['blorp'], outcome: 'hold' } };
    const { status, body } = await mia('POST', '/moderation/rules/replay', { rules: draft, last: 3 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ decided: 3, precision: 0.5, recall: 1 });
    expect(body.changed.map(({ draft: outcome }: { draft: string }) => outcome)).toEqual(['hold', 'hold']);
    expect(body.falsePositives.byLanguage.en).toEqual({ stopped: 1, approved: expect.any(Number) });
  });
});

it('in shadow the rules leave their evidence and stop nothing; off they leave none', async () => {
  for (const [AUTOMOD, hits] of [
    ['shadow', 1],
    ['off', 0],
  ] as const) {
    const other = await startApp({ AUTOMOD, databaseUrl: app.databaseUrl });
    const writer = await user(other.url, 12, 'Bo');
    const { status, body } = await writer('POST', `/campaigns/${id}/comments`, { text: `${spam} ${AUTOMOD}` });
    expect([AUTOMOD, status]).toEqual([AUTOMOD, 201]);
    const { rows } = await app.pool.query(
      `select count(*)::int as hits from comment_rule_hit where comment_id = $1 and rule = 'spam' and shadow`,
      [body.id],
    );
    expect([AUTOMOD, rows[0].hits]).toEqual([AUTOMOD, hits]);
    await other.stop();
  }
});
