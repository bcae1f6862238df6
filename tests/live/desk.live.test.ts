import { beforeAll, expect, it } from 'vitest';
import { logEvents, stateEvents } from '../../server/contract/live.ts';
import { setCommentState } from '../features/campaign-in.ts';
import { deskWorld } from '../features/moderation/desk-world.ts';
import { token } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { type Seen, type Watcher, watch } from '../support/watcher.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});

const stream = 'moderation';
const asModerator = (id = 31) => token(id, { roles: ['moderator'], name: 'Mia' });

async function deskOf(id?: number) {
  const watcher = await watch(world.app.url, { token: await asModerator(id) });
  return { watcher, answer: await watcher.subscribe({ stream }) };
}
const about = ({ log }: Watcher, id: number) =>
  log.filter(({ data }) => data.commentId === id).map(({ name, data }) => [name.slice(11), data.queue ?? data.action]);
const told = (watcher: Watcher, id: number, expected: unknown[]) =>
  eventually(() => expect(about(watcher, id)).toEqual(expected), { within: 5_000 });
const wellFormed = ({ log, states }: Watcher) => {
  for (const { name, data } of log) logEvents[name as 'moderation:claimed'].strict().parse(data);
  for (const { name, data } of states) stateEvents[name as 'moderation:queues'].strict().parse(data);
};

it('moderators and admins may subscribe; others hear why not', async () => {
  const people = {
    nobody: undefined,
    user: await token(7),
    advertiser: await token(8, { roles: ['advertiser'], advertiser_id: 5 }),
    moderator: await asModerator(),
    admin: await token(1, { roles: ['admin'] }),
  };
  const found: Record<string, string> = {};
  for (const [who, bearer] of Object.entries(people)) {
    const watcher = await watch(world.app.url, bearer ? { token: bearer } : {});
    const answer = await watcher.subscribe({ stream });
    found[who] = answer.ok ? answer.mode : answer.error.code;
  }
  expect(found).toEqual({
    nobody: 'unauthenticated',
    user: 'forbidden',
    advertiser: 'forbidden',
    moderator: 'live',
    admin: 'live',
  });
});

it('the answer to a subscribe has the counts of the queues', async () => {
  const { answer } = await deskOf();
  expect(answer.state).toMatchObject([{ name: 'moderation:queues', stream, data: await world.queues() }]);
});

it('a comment’s way over the desk is told step by step, and the counts follow', async () => {
  const { write, flag, decide, mia } = world;
  const { watcher } = await deskOf();
  const id = await write('over the desk');
  await flag(id);
  const entered = await watcher.until('moderation:item-entered', ({ commentId }) => commentId === id);
  expect(entered.data).toMatchObject({ queue: 'reported', comment: { text: 'over the desk' }, flags: { total: 1 } });
  await mia('POST', `/moderation/items/${id}/claim`);
  const { body } = await decide(mia, id, 'reject');
  await mia('POST', `/moderation/decisions/${body.id}/undo`);
  await told(watcher, id, [
    ['item-entered', 'reported'],
    ['claimed', undefined],
    ['item-left', 'reported'],
    ['item-entered', 'rejected'],
    ['released', undefined],
    ['decided', 'reject'],
    ['item-left', 'rejected'],
    ['item-entered', 'reported'],
    ['decided', 'undo'],
  ]);
  const queues = await world.queues();
  await watcher.until(
    'moderation:queues',
    ({ reported, rejected }) => reported === queues.reported && rejected === queues.rejected,
  );
  const seqs = watcher.log.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
  wellFormed(watcher);
});

it('what psql holds, reports or deletes is on the desk at once', async () => {
  const { app, write } = world;
  const { watcher } = await deskOf();
  const [held, reported] = [await write(), await write()];
  await setCommentState(app, held, 'pending');
  await app.pool.query(`insert into comment_flag (comment_id, user_id, reason) values ($1, 99, 'spam')`, [reported]);
  await app.pool.query('delete from campaign_engagement where id = any ($1)', [[held, reported]]);
  await told(watcher, held, [
    ['item-entered', 'pending'],
    ['item-left', 'pending'],
  ]);
  await told(watcher, reported, [
    ['item-entered', 'reported'],
    ['item-left', 'reported'],
  ]);
});

it('a desk that comes back is replayed all that it missed', async () => {
  const { write, flag } = world;
  const { watcher, answer } = await deskOf();
  watcher.socket.disconnect();
  const id = await write();
  await flag(id, 2);
  const back = await watch(world.app.url, { token: await asModerator() });
  const { mode, events } = await back.subscribe({ stream, epoch: answer.epoch, seq: answer.seq });
  expect(mode).toBe('replayed');
  const last = events.filter(({ data }: Seen) => data.commentId === id).at(-1);
  expect(last).toMatchObject({ name: 'moderation:item-entered', data: { flags: { total: 2 } } });
});

it('the desk knows how many screens watch the campaign', async () => {
  const { app, write, flag, item, campaignId } = world;
  const watchers = [await watch(app.url), await watch(app.url)];
  for (const watcher of watchers) await watcher.subscribe({ stream: `campaign:${campaignId}` });
  const id = await write();
  await flag(id);
  expect((await item(id)).screens).toBe(2);
});
