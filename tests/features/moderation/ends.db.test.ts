import { afterEach, beforeAll, expect, it } from 'vitest';
import { undoneSanctionSchema } from '../../../server/contract/sanction.ts';
import { apiAs, user } from '../../support/api.ts';
import { token } from '../../support/app.ts';
import { verdicts } from '../refusals.ts';
import { deskWorld } from './desk-world.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});
afterEach(() => world.proven());

const undo = (as: typeof world.mia, id: number) => as('POST', `/moderation/decisions/${id}/undo`, {});
const shown = async (id: number) => (await apiAs(world.app.url, null)('GET', `/comments/${id}`)).body;
const actionsOn = async (id: number) =>
  (await world.mia('GET', `/moderation/log?commentId=${id}`)).body.items.map(
    ({ action }: { action: string }) => action,
  );

it('what its author took back while it was rejected does not come back with an undo', async () => {
  const { write, flag, decide, mia, author, flags, queues } = world;
  const id = await write('in anger');
  const before = await queues();
  await flag(id);
  const { body: decision } = await decide(mia, id, 'reject', { reason: 'abusive' });
  const { body } = await author('DELETE', `/comments/${id}`);
  expect(body.removed).toEqual({ by: 'moderator', reason: 'abusive' });
  expect((await undo(mia, decision.id)).status).toBe(200);
  expect(await shown(id)).toMatchObject({ text: null, status: 'removed', removed: { by: 'author', reason: null } });
  expect([await flags(id), await queues()]).toEqual([[{ user_id: 21, outcome: 'obsolete' }], before]);
  expect((await decide(mia, id, 'approve')).body.code).toBe('unknown_comment');
});

it('nor with an appeal that is granted, or an approval of what a rule rejected', async () => {
  const { app, write, decide, mia, noa, author, campaignId } = world;
  const appealed = await write('regretted');
  await decide(mia, appealed, 'reject');
  const { body: appeal } = await author('POST', `/comments/${appealed}/appeals`, { text: 'It was none.' });
  const items = [
    { o: 0, c: campaignId, u: 11, text: 'x', status: 'rejected', hits: [{ rule: 'words', outcome: 'reject' }] },
  ];
  const refused = (await app.pool.query('select body from add_comments($1)', [JSON.stringify(items)])).rows[0].body.id;
  for (const id of [appealed, refused]) await author('DELETE', `/comments/${id}`);
  await noa('POST', `/moderation/appeals/${appeal.id}/decision`, { action: 'grant', explanation: 'Right.' });
  expect((await decide(mia, refused, 'approve')).status).toBe(201);
  for (const id of [appealed, refused])
    expect(await shown(id)).toMatchObject({ text: null, removed: { by: 'author' } });
});

it('the undo of a sanction’s line ends it, by who made it or an admin, once', async () => {
  const { app, mia, noa, boss, campaignId } = world;
  const muted = await user(app.url, 301);
  const sanction = async (kind: string) =>
    (await mia('POST', '/moderation/users/301/sanctions', { kind, reason: 'spam' })).body.decisionId;
  const [mute, premod, lifted] = [await sanction('mute'), await sanction('premod'), await sanction('warn')];
  await noa('DELETE', '/moderation/users/301/sanctions?kind=warn');
  expect(
    await verdicts({
      'of another': () => undo(noa, mute),
      own: async () => {
        const answer = await undo(mia, mute);
        expect(undoneSanctionSchema.strict().parse(answer.body)).toMatchObject({ undoes: mute, userId: 301 });
        return answer;
      },
      'own, twice': () => undo(mia, mute),
      'by an admin': () => undo(boss, premod),
      lifted: () => undo(mia, lifted),
      writes: () => muted('POST', `/campaigns/${campaignId}/comments`, { text: 'free again' }),
    }),
  ).toEqual({
    'of another': '403 forbidden',
    own: '200',
    'own, twice': '409 already_undone',
    'by an admin': '200',
    lifted: '409 already_undone',
    writes: '201',
  });
});

it('the undo of a sanction that replaced another brings that one back', async () => {
  const { app, mia, campaignId } = world;
  const path = '/moderation/users/302/sanctions';
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const { body: first } = await mia('POST', path, { kind: 'suspend', reason: 'spam', until });
  const later = new Date(Date.now() + 7_200_000).toISOString();
  const { body: second } = await mia('POST', path, { kind: 'suspend', reason: 'abusive', until: later });
  await undo(mia, second.decisionId);
  const refused = await (await user(app.url, 302))('PUT', `/campaigns/${campaignId}/reactions/like`);
  expect(refused.body).toMatchObject({ code: 'suspended', sanctionId: first.id, reason: 'spam' });
});

it('what becomes of a notice is in the log, and the undo of its rejection opens it again', async () => {
  const { write, mia, noa } = world;
  const notify = async (id: number) =>
    (await world.author('POST', `/comments/${id}/notices`, { explanation: 'It lies.', goodFaith: true })).body.id;
  const decide = (id: number, action: string) =>
    mia('POST', `/moderation/notices/${id}/decision`, { action, explanation: 'Seen.' });
  const [upheld, dismissed] = [await write(), await write()];
  const { body } = await decide(await notify(upheld), 'uphold');
  await decide(await notify(dismissed), 'dismiss');
  expect([await actionsOn(upheld), await actionsOn(dismissed)]).toEqual([
    ['reject', 'uphold', 'notice'],
    ['dismiss', 'notice'],
  ]);
  await undo(mia, body.decisionId);
  const { items } = (await noa('GET', '/moderation/notices?status=open')).body;
  expect(items).toMatchObject([{ id: body.id, decisionId: null, outcome: null }]);
});

it('an author’s own flag is seen at the desk, weighs nothing and makes no record', async () => {
  const { write, author, decide, mia, item, flags } = world;
  const id = await write();
  expect((await author('POST', `/comments/${id}/flags`, { reason: 'other' })).status).toBe(201);
  expect(await item(id)).toMatchObject({ queue: 'reported', flags: { total: 1, weight: 0 } });
  await decide(mia, id, 'reject');
  expect(await flags(id)).toEqual([{ user_id: 11, outcome: 'obsolete' }]);
});

it('nobody decides on a comment of their own, alone, in a batch, on appeal, of a notice or by undoing', async () => {
  const { app, write, decide, mia, noa, queues, status, campaignId } = world;
  const writeAs = async (as: typeof mia) =>
    (await as('POST', `/campaigns/${campaignId}/comments`, { text: 'mine' })).body.id as number;
  const admin = apiAs(app.url, await token(33, { roles: ['moderator', 'admin'], name: 'Ann' }));
  const [own, rejected, others] = [await writeAs(admin), await writeAs(admin), await write()];
  const { body: decision } = await decide(mia, rejected, 'reject');
  const { body: appeal } = await admin('POST', `/comments/${rejected}/appeals`, { text: 'It was fine.' });
  const { body: notice } = await noa('POST', `/comments/${own}/notices`, { explanation: 'Look.', goodFaith: true });
  const before = await queues();
  const batch = { decisions: [others, own].map((commentId) => ({ commentId, action: 'reject', revision: 1 })) };
  const words = { explanation: 'I looked.' };
  expect(
    await verdicts({
      approve: () => decide(admin, own, 'approve'),
      reject: () => decide(admin, own, 'reject'),
      batch: () => admin('POST', '/moderation/decisions/batch', batch),
      grant: () => admin('POST', `/moderation/appeals/${appeal.id}/decision`, { action: 'grant', ...words }),
      deny: () => admin('POST', `/moderation/appeals/${appeal.id}/decision`, { action: 'deny', ...words }),
      dismiss: () => admin('POST', `/moderation/notices/${notice.id}/decision`, { action: 'dismiss', ...words }),
      undo: () => undo(admin, decision.id),
      escalate: () => admin('POST', `/moderation/items/${rejected}/escalation`, {}),
      note: () => admin('POST', `/moderation/items/${rejected}/notes`, { text: 'It is mine.' }),
    }),
  ).toEqual({
    ...Object.fromEntries(
      ['approve', 'reject', 'batch', 'grant', 'deny', 'dismiss', 'undo'].map((act) => [act, '403 own_comment']),
    ),
    escalate: '200',
    note: '201',
  });
  expect([await queues(), await status(own), await status(others)]).toEqual([before, 'published', 'published']);
  const { body } = await admin('POST', '/moderation/decisions/batch', batch);
  expect(body.errors).toMatchObject([{ index: 1, code: 'own_comment', pointer: '/decisions/1' }]);
});
