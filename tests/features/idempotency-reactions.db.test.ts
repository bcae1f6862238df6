import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let alice: Api;
let bob: Api;
beforeAll(async () => {
  app = await startApp();
  alice = await user(app.url, 11, 'Alice');
  bob = await user(app.url, 12, 'Bob');
});

const newKey = () => ({ 'idempotency-key': crypto.randomUUID() });
const typesOf = async (id: number) => {
  const { rows } = await app.pool.query<{ type: string }>(
    'select engagement_type as type from campaign_engagement where campaign_id = $1 order by id',
    [id],
  );
  return rows.map(({ type }) => type);
};

describe('a key with a reaction', () => {
  it('answers ten at once with the first answer', async () => {
    const id = await liveCampaign(app.url);
    const key = newKey();
    const like = () => alice('PUT', `/campaigns/${id}/reactions/like`, undefined, key);
    const replies = await Promise.all(Array.from({ length: 10 }, like));
    const first = replies[0];
    expect(first?.status).toBe(201);
    for (const reply of replies) expect([reply.status, reply.body]).toEqual([201, first?.body]);
  });

  it('that was answered changes nothing when it comes late, after the like was taken back', async () => {
    const id = await liveCampaign(app.url);
    const [key, other] = [newKey(), newKey()];
    const path = `/campaigns/${id}/reactions/like`;
    const first = await alice('PUT', path, undefined, key);
    const unliked = await alice('DELETE', path, undefined, key); // another method is another address
    expect([unliked.status, unliked.body.counts.likes]).toEqual([200, 0]);
    const late = await alice('PUT', path, undefined, key);
    expect([late.status, late.body]).toEqual([201, first.body]);
    expect(await typesOf(id)).toEqual([]);

    await alice('PUT', path, undefined, other);
    const lateUnlike = await alice('DELETE', path, undefined, key);
    expect([lateUnlike.status, lateUnlike.body]).toEqual([200, unliked.body]);
    expect(await typesOf(id)).toEqual(['like']);
  });

  it('holds for likes of comments too', async () => {
    const id = await liveCampaign(app.url);
    const { body: comment } = await alice('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    const key = newKey();
    const answers = [];
    for (const [method, headers] of [
      ['PUT', key],
      ['DELETE', {}],
      ['PUT', key],
    ] as const) {
      const { status, body } = await bob(method, `/comments/${comment.id}/like`, undefined, headers);
      answers.push([status, body]);
    }
    expect(answers).toEqual([
      [201, { likes: 1, mine: true }],
      [200, { likes: 0, mine: false }],
      [201, { likes: 1, mine: true }],
    ]);
    expect(await typesOf(id)).toEqual(['comment']);
  });
});
