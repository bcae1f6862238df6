import { beforeAll, expect, it } from 'vitest';
import { liveCampaign } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/poll.ts';
import { freshGlass, readerOf } from './reader.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});

async function write(campaign: number, text: string, parent: number | null = null): Promise<number> {
  const { rows } = await app.pool.query(
    `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
     values ($1, 7, 'comment', $2, $3) returning id`,
    [campaign, text, parent],
  );
  return rows[0].id;
}

/** Two campaigns: in `a` a thread (top ─┬─ left ── leaf, └─ right) and a comment beside it, in `b` one comment. */
async function world() {
  const [a, b] = [await liveCampaign(app.url), await liveCampaign(app.url)];
  const top = await write(a, 'top');
  const left = await write(a, 'left', top);
  const right = await write(a, 'right', top);
  const leaf = await write(a, 'leaf', left);
  const other = await write(a, 'other');
  const host = await write(b, 'host');
  return { a, b, top, left, right, leaf, other, host };
}
type World = Awaited<ReturnType<typeof world>>;

const all = 'campaign_engagement';
const set = (change: string, id: number) => `update ${all} set ${change} where id = ${id}`;

/** What another program does, and whether an event can tell it or the readers have to start over. */
const acts: [what: string, how: 'events' | 'anew', statements: (world: World) => string[]][] = [
  ['moves a comment to another campaign', 'events', ({ b, other }) => [set(`campaign_id = ${b}`, other)]],
  [
    'moves a comment to another campaign and below another comment there',
    'events',
    ({ b, other, host }) => [set(`campaign_id = ${b}, parent_comment_id = ${host}`, other)],
  ],
  [
    'moves a whole thread to another campaign',
    'anew',
    ({ a, b, other }) => [`update ${all} set campaign_id = ${b} where campaign_id = ${a} and id <> ${other}`],
  ],
  [
    'turns a comment into a share',
    'events',
    ({ right }) => [set(`engagement_type = 'share', comment_text = null, parent_comment_id = null`, right)],
  ],
  [
    'turns a share into a comment',
    'events',
    ({ a }) => [
      `insert into ${all} (campaign_id, user_id, engagement_type) values (${a}, 9, 'share')`,
      `update ${all} set engagement_type = 'comment', comment_text = 'said' where campaign_id = ${a} and engagement_type = 'share'`,
    ],
  ],
  ['hangs a comment below another', 'anew', ({ left, other }) => [set(`parent_comment_id = ${other}`, left)]],
  ['lifts a reply to the top', 'anew', ({ left }) => [set('parent_comment_id = null', left)]],
  ['dates a comment otherwise', 'anew', ({ top }) => [set(`created_at = created_at + interval '1 hour'`, top)]],
  [
    'moves a comment away, and back to another place',
    'anew',
    ({ a, b, right, other }) => [
      set(`campaign_id = ${b}, parent_comment_id = null`, right),
      set(`campaign_id = ${a}, parent_comment_id = ${other}`, right),
    ],
  ],
  [
    'deletes a comment and with it all that stands below',
    'events',
    ({ top }) => [`delete from ${all} where id = ${top}`],
  ],
  [
    'holds a comment with replies, and a reply, and lets the reply through',
    'events',
    ({ a, left, leaf }) => [
      `insert into comment_state (comment_id, campaign_id, status) values (${left}, ${a}, 'pending'), (${leaf}, ${a}, 'rejected')`,
      `update comment_state set status = 'approved' where comment_id = ${leaf}`,
    ],
  ],
  ['gives a comment a new id', 'events', ({ other }) => [set('id = default', other)]],
];

it.each(acts)('who %s by SQL is seen by all who watch, by %s', async (_, how, statements) => {
  const here = await world();
  const readers = [await readerOf(app.url, here.a), await readerOf(app.url, here.b)] as const;
  const before = readers.map((reader) => reader.told.snapshots);
  for (const statement of statements(here)) await app.pool.query(statement);
  for (const [n, reader] of readers.entries()) {
    const expected = await freshGlass(app.url, n === 0 ? here.a : here.b);
    await eventually(async () => expect(await reader.glass()).toEqual(expected), { within: 8_000 });
  }
  const anew = readers.some((reader, n) => reader.told.snapshots > (before[n] ?? 0));
  expect(anew).toBe(how === 'anew');
});
