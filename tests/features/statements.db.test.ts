import { beforeAll, expect, it } from 'vitest';
import { statementFields, statementSchema } from '../../server/contract/statement.ts';
import { randomOf } from '../faults/random.ts';
import { type Api, apiAs, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';
import { moderator, rejected } from './moderators.ts';

let app: TestApp;
let desk: Api;
let alice: Api;
let campaignId: number;
beforeAll(async () => {
  app = await startApp({ AUTOMOD: 'off' });
  desk = await moderator(app.url);
  alice = await user(app.url, 11, 'Alice Liddell');
  campaignId = await liveCampaign(app.url);
});

const write = async () => (await alice('POST', `/campaigns/${campaignId}/comments`, { text: 'x' })).body.id;
const all = async (): Promise<Untyped[]> => {
  const { rows } = await app.pool.query('select document from moderation_statement order by id');
  return rows.map(({ document }) => document);
};
const newest = async () => (await all()).at(-1);

it('every restriction of random decisions has a statement that the database would take, with its decision’s id', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomOf(seed);
  const pick = <T>(...list: readonly T[]) => random.of(list);
  const reasons = ['offensive', 'abusive', 'spam', 'illegal', 'off_topic', 'other', 'Alice did it again'];
  const made: string[] = [];
  for (let n = 0; n < 60; n++) {
    const act = pick('reject', 'rule', 'notice', 'sanction');
    const reason = random.of(reasons);
    if (act === 'reject') {
      const id = await write();
      for (let k = Math.floor(random.between(0, 3)); k > 0; k--)
        await (await user(app.url, 100 + k))('POST', `/comments/${id}/flags`, { reason: 'spam' });
      made.push(String(await rejected(app, id, { reason })));
    } else if (act === 'rule') {
      const outcome = pick('hold', 'reject');
      const status = outcome === 'hold' ? 'pending' : 'rejected';
      const items = [
        { o: 0, c: campaignId, u: 11, text: 'x', status, hits: [{ rule: pick('links', 'words'), outcome }] },
      ];
      await app.pool.query('select from add_comments($1)', [JSON.stringify(items)]);
      made.push((await newest()).puid);
    } else if (act === 'notice') {
      const law = pick(null, '§ 185 StGB', 'ask eve@example.org or +49 170 1234567');
      const { body } = await alice('POST', `/comments/${await write()}/notices`, {
        explanation: 'x',
        law,
        goodFaith: true,
      });
      const decided = await desk('POST', `/moderation/notices/${body.id}/decision`, {
        action: 'uphold',
        explanation: 'x',
      });
      made.push(String(decided.body.decisionId));
    } else {
      const kind = pick('mute', 'premod', 'suspend', 'ban');
      const until =
        kind === 'suspend' || pick(true, false) ? pick('2036-05-01T00:00:00Z', '2999-01-01T00:00:00Z') : undefined;
      const body = { kind, reason, until, campaignId: pick(true, false) ? campaignId : undefined };
      made.push(String((await desk('POST', `/moderation/users/${5_000 + n}/sanctions`, body)).body.decisionId));
    }
  }
  const statements = await all();
  expect({ seed, puids: statements.map(({ puid }) => puid) }).toEqual({ seed, puids: made });
  for (const one of statements) expect(statementSchema.parse(one)).toEqual(one);
  // Nobody is named, and nothing says who it was.
  expect(JSON.stringify(statements)).not.toMatch(/alice|liddell|moderator 700|eve@|1234567/i);
});

it('a warning, an approval and a lift restrict nobody', async () => {
  const before = (await all()).length;
  await desk('POST', '/moderation/users/61/sanctions', { kind: 'warn', reason: 'spam' });
  await desk('POST', '/moderation/users/61/sanctions', { kind: 'mute', reason: 'spam' });
  await desk('DELETE', '/moderation/users/61/sanctions?kind=mute');
  expect((await all()).length).toBe(before + 1);
});

it('it says who found it and who decided: a rule, readers, a notice or the moderators', async () => {
  const flagged = await write();
  await (await user(app.url, 12))('POST', `/comments/${flagged}/flags`, { reason: 'spam' });
  await rejected(app, flagged);
  expect(await newest()).toMatchObject({
    decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED'],
    source_type: 'SOURCE_TYPE_OTHER_NOTIFICATION',
    automated_detection: 'No',
    automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
  });
  const items = [
    { o: 0, c: campaignId, u: 11, text: 'x', status: 'pending', hits: [{ rule: 'links', outcome: 'hold' }] },
  ];
  const { rows } = await app.pool.query('select body from add_comments($1)', [JSON.stringify(items)]);
  expect(await newest()).toMatchObject({
    decision_visibility: ['DECISION_VISIBILITY_CONTENT_DISABLED'],
    source_type: 'SOURCE_VOLUNTARY',
    automated_decision: 'AUTOMATED_DECISION_FULLY',
  });
  await rejected(app, rows[0].body.id);
  expect(await newest()).toMatchObject({
    automated_detection: 'Yes',
    automated_decision: 'AUTOMATED_DECISION_PARTIALLY',
  });
});

it('a statement is what it was when the comment is gone', async () => {
  const id = await write();
  await rejected(app, id);
  const before = await newest();
  await app.pool.query('delete from campaign_engagement where id = $1', [id]);
  expect(await newest()).toEqual(before);
});

it('moderators read them page by page and as a whole; others do not', async () => {
  const stored = await all();
  const seen: Untyped[] = [];
  let cursor = '';
  do {
    const { body } = await desk('GET', `/moderation/statements?limit=25${cursor}`);
    seen.push(...body.items);
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
  } while (cursor);
  expect(seen).toEqual([...stored].reverse());
  const text = async (format: string) => {
    const authorization = `Bearer ${await app.token(700, { roles: ['moderator'] })}`;
    const reply = await fetch(`${app.url}/api/v1/moderation/statements?format=${format}`, {
      headers: { authorization },
    });
    return reply.text();
  };
  expect(
    (await text('ndjson'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(stored);
  const lines = (await text('csv')).trimEnd().split('\r\n');
  expect(lines[0]).toBe(statementFields.join(','));
  expect(lines).toHaveLength(stored.length + 1);
  expect([
    (await alice('GET', '/moderation/statements')).status,
    (await apiAs(app.url, null)('GET', '/moderation/statements')).status,
  ]).toEqual([403, 401]);
});
