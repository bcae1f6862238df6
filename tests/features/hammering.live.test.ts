import pg from 'pg';
import { expect, it } from 'vitest';
import { type Api, liveCampaign, user } from '../support/api.ts';
import { startApp } from '../support/app.ts';

const seconds = Number(process.env.HAMMER_SECONDS ?? 3);
const users = 40;

/** What a user may rightly hear: the comment was edited, removed or closed for edits by somebody else meanwhile. */
const rightful = new Set(['stale_revision', 'comment_gone', 'parent_gone', 'unknown_comment', 'unknown_parent']);

const pick = (count: number) => Math.floor(Math.random() * count);

/** One user's next write: everything a user can do to a campaign and its thread. */
async function act(as: Api, campaignId: number, own: { id: number; revision: number }[], shared: number[]) {
  const campaign = `/campaigns/${campaignId}`;
  const some = shared[pick(shared.length)];
  const mine = own[pick(own.length)];
  const kind = pick(10);
  if (kind < 2) return as(pick(2) ? 'PUT' : 'DELETE', `${campaign}/reactions/${['like', 'save', 'bookmark'][pick(3)]}`);
  if (kind < 3) return as('POST', `${campaign}/shares`, {});
  if (kind < 5 && some) return as(pick(3) ? 'PUT' : 'DELETE', `/comments/${some}/like`);
  if (kind < 6 && mine) {
    const edited = await as('PATCH', `/comments/${mine.id}`, {
      text: `edit ${Math.random()}`,
      revision: mine.revision,
    });
    if (edited.status === 200) mine.revision = edited.body.revision;
    return edited;
  }
  if (kind < 7 && mine && own.length > 5) return as('DELETE', `/comments/${mine.id}`);
  const made = await as('POST', `${campaign}/comments`, {
    text: `by ${Math.random()}`,
    parentId: pick(3) ? some : undefined,
  });
  if (made.status === 201) {
    own.push({ id: made.body.id, revision: 1 });
    shared.push(made.body.id);
  }
  return made;
}

it(`${users} users hammer one campaign for ${seconds} s, and psql beside them: no error reaches them, and the counts are the rows`, {
  timeout: (seconds + 60) * 1_000,
}, async () => {
  const app = await startApp();
  const campaignId = await liveCampaign(app.url);
  const shared: number[] = [];
  const end = Date.now() + seconds * 1_000;
  const heard = new Map<string, number>();
  const hammer = async (n: number) => {
    const as = await user(app.url, 1_000 + n, `User ${n}`);
    const own: { id: number; revision: number }[] = [];
    while (Date.now() < end) {
      const { status, body } = await act(as, campaignId, own, shared);
      const what = status < 300 ? String(status) : body.code;
      heard.set(what, (heard.get(what) ?? 0) + 1);
    }
  };
  const other = new pg.Client(app.databaseUrl);
  await other.connect();
  const beside = async () => {
    for (let n = 0; Date.now() < end; n++) {
      await other
        .query(
          `begin; insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) values (${campaignId}, 9, 'comment', 'psql ${n}');
           delete from campaign_engagement where id = (select max(id) from campaign_engagement where campaign_id = ${campaignId} and user_id = 9 and engagement_type = 'comment' and id % 3 = 0);
           commit`,
        )
        .catch(async (error: pg.DatabaseError) => {
          await other.query('rollback');
          if (error.code !== '40P01') throw error; // of a deadlock PostgreSQL may choose this program, which goes on
        });
    }
  };
  await Promise.all([beside(), ...Array.from({ length: users }, (_, n) => hammer(n))]);
  await other.end();

  const writes = [...heard.values()].reduce((sum, count) => sum + count, 0);
  console.info(`${writes} writes in ${seconds} s: ${JSON.stringify(Object.fromEntries(heard))}`);
  expect([...heard.keys()].filter((what) => !/^20[01]$/.test(what) && !rightful.has(what))).toEqual([]);
  expect(heard.get('201')).toBeGreaterThan(users);
  expect((await app.pool.query('select * from audit_campaign($1)', [campaignId])).rows).toEqual([]);
});
