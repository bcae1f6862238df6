import { expect } from 'vitest';
import { audited } from '../../sql/counting-play.ts';
import { type Api, apiAs, liveCampaign, user } from '../../support/api.ts';
import { startApp, type TestApp, token } from '../../support/app.ts';
import type { Untyped } from '../../support/untyped.ts';

export const moderator = async (url: string, id: number, name: string): Promise<Api> =>
  apiAs(url, await token(id, { roles: ['moderator'], name }));

/** A node with a live campaign, an author, three readers who may flag, two moderators and an admin. */
export async function deskWorld(environment: NodeJS.ProcessEnv = {}) {
  const app = await startApp({ NEW_FLAGGER_HOURS: '0', ...environment });
  return { app, ...(await peopleOf(app)) };
}

/** `from` is added to the ids of the users, so that tests on one node have people of their own. */
export async function peopleOf(app: Pick<TestApp, 'url' | 'pool'>, from = 0) {
  const { url, pool } = app;
  const campaignId = await liveCampaign(url);
  const author = await user(url, from + 11, 'Ada');
  const readers = await Promise.all([21, 22, 23, 24].map((id) => user(url, from + id)));
  const [mia, noa] = [await moderator(url, 31, 'Mia'), await moderator(url, 32, 'Noa')];
  const boss = apiAs(url, await token(1, { roles: ['admin'], name: 'Boss' }));
  return {
    campaignId,
    author,
    readers,
    mia,
    noa,
    boss,
    write: async (text = 'a comment', parentId?: number): Promise<number> =>
      (await author('POST', `/campaigns/${campaignId}/comments`, { text, parentId })).body.id,
    /** By the first so many readers. */
    flag: async (id: number, times = 1, reason = 'spam') => {
      for (const reader of readers.slice(0, times)) {
        const { status } = await reader('POST', `/comments/${id}/flags`, { reason });
        expect(status).toBe(201);
      }
    },
    decide: (as: Api, id: number, action: string, more: object = {}) =>
      as('POST', `/moderation/items/${id}/decisions`, { action, revision: 1, ...more }),
    item: async (id: number): Promise<Untyped> => (await mia('GET', `/moderation/items/${id}`)).body,
    status: async (id: number): Promise<string> => (await mia('GET', `/comments/${id}`)).body.status,
    queues: async () => (await mia('GET', '/moderation/queues')).body,
    flags: async (id: number) =>
      (await pool.query('select user_id, outcome from comment_flag where comment_id = $1 order by user_id', [id])).rows,
    /** Everything derived is what a recount gives, the chain of the log included. */
    proven: async () => expect(await audited(pool as never)).toEqual([]),
  };
}
