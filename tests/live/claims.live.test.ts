import { beforeAll, expect, it } from 'vitest';
import { deskWorld } from '../features/moderation/desk-world.ts';
import { verdictOf } from '../features/refusals.ts';
import { token } from '../support/app.ts';
import { watch } from '../support/watcher.ts';

let world: Awaited<ReturnType<typeof deskWorld>>;
beforeAll(async () => {
  world = await deskWorld();
});

async function deskOf(id: number) {
  const watcher = await watch(world.app.url, { token: await token(id, { roles: ['moderator'], name: 'M' }) });
  await watcher.subscribe({ stream: 'moderation' });
  return watcher;
}
const claimed = async () => {
  const id = await world.write();
  await world.flag(id);
  const { status, body } = await world.mia('POST', `/moderation/items/${id}/claim`);
  expect(status).toBe(200);
  return { id, until: Date.parse(body.until), path: `/moderation/items/${id}/claim` };
};

it('a lease is ninety seconds, and posting again renews it', async () => {
  const { mia, item } = world;
  const { id, until, path } = await claimed();
  expect(until - Date.now()).toBeGreaterThan(80_000);
  expect(until - Date.now()).toBeLessThan(100_000);
  const { body } = await mia('POST', path);
  expect(Date.parse(body.until)).toBeGreaterThan(until);
  expect((await item(id)).claim).toEqual(body);
});

it('another moderator hears whose it is and until when, and can not give it back for them', async () => {
  const { noa, item } = world;
  const { id, until, path } = await claimed();
  const refused = await noa('POST', path);
  expect(verdictOf(refused)).toBe('409 already_claimed');
  expect(refused.body.claim).toMatchObject({ by: { id: 31, name: 'Mia' } });
  expect(Date.parse(refused.body.claim.until)).toBe(until);
  expect((await noa('DELETE', path)).body).toEqual({ released: false });
  expect((await item(id)).claim).not.toBe(null);
});

it('of two who claim at once one has it', async () => {
  const { write, mia, noa } = world;
  for (let round = 0; round < 5; round++) {
    const id = await write();
    const answers = await Promise.all([mia, noa].map((as) => as('POST', `/moderation/items/${id}/claim`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  }
});

it('one that is given back is free, and everybody hears it', async () => {
  const { mia, noa } = world;
  const desk = await deskOf(32);
  const { id, path } = await claimed();
  expect((await mia('DELETE', path)).body).toEqual({ released: true });
  await desk.until('moderation:released', ({ commentId }) => commentId === id);
  expect((await noa('POST', path)).status).toBe(200);
});

it('one that ran out is nobody’s, and released', async () => {
  const { app, item, noa } = world;
  const desk = await deskOf(32);
  const { id, path } = await claimed();
  await app.pool.query(`update moderation_claim set until = now() - interval '1 second' where comment_id = $1`, [id]);
  expect((await item(id)).claim).toBe(null);
  await desk.until('moderation:released', ({ commentId, by }) => commentId === id && by.id === 31);
  expect((await noa('POST', path)).status).toBe(200);
});

it('a comment that is not there can not be claimed', async () => {
  expect(verdictOf(await world.mia('POST', '/moderation/items/999999/claim'))).toBe('404 unknown_comment');
});
