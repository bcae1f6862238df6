import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { somebodyWaits } from '../features/somebody-waits.ts';
import { type Psql, psql, tree } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

describe('changing', () => {
  it('a text is an edit: the next revision each time, announced with the new text', async () => {
    const [id = 0] = await db.campaigns(1);
    const comment = await db.engage(id, 7, 'comment');
    for (const text of ['second', 'third', 'third']) {
      await db.run('update campaign_engagement set comment_text = $2 where id = $1', [comment, text]);
    }
    const edits = await db.run(
      `select data->>'text' as text, (data->>'revision')::int as revision, data->>'editedAt' is not null as dated
       from live_event where stream = campaign_stream($1) and name = 'comment:edited' order by seq`,
      [id],
    );
    expect(edits).toEqual([
      { text: 'second', revision: 2, dated: true },
      { text: 'third', revision: 3, dated: true },
    ]);
  });

  it('the type, the parent, the campaign or the time of a row moves its counts', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const { top, left, right, leaf, other } = await tree(db, a);
    const change = (set: string, id: number) => db.run(`update campaign_engagement set ${set} where id = ${id}`);
    const like = await db.engage(a, 9, 'like');
    await change(`engagement_type = 'save'`, like);
    expect(await db.counters(a)).toEqual({ comments: 5, saves: 1 });
    await change(`campaign_id = ${b}`, like);
    expect([await db.counters(a), await db.counters(b)]).toEqual([{ comments: 5 }, { saves: 1 }]);
    await db.proven();
    await change(`parent_comment_id = ${other}`, left);
    expect([await db.comment(top), await db.comment(other), await db.comment(leaf)]).toEqual([
      { depth: 0, likes: 0, replies: 1, descendants: 1 },
      { depth: 0, likes: 0, replies: 1, descendants: 2 },
      { depth: 2, likes: 2, replies: 0, descendants: 0 },
    ]);
    await db.proven();
    await change('parent_comment_id = null', left);
    expect(await db.comment(leaf)).toMatchObject({ depth: 1 });
    await change(`engagement_type = 'share', comment_text = null, parent_comment_id = null`, right);
    expect(await db.counters(a)).toEqual({ comments: 4, shares: 1 });
    await change(`created_at = created_at - interval '1 day'`, leaf);
  });

  it('the campaign of a whole thread moves all of it, with what it was edited to', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const { top, leaf } = await tree(db, a);
    await db.run(`update campaign_engagement set comment_text = 'edited' where id = $1`, [leaf]);
    await db.run('update campaign_engagement set campaign_id = $2 where campaign_id = $1', [a, b]);
    expect([await db.counters(a), await db.counters(b)]).toEqual([{}, { comments: 5 }]);
    expect(await db.comment(top)).toEqual({ depth: 0, likes: 0, replies: 2, descendants: 3 });
    expect(await db.run('select revision from comment_state where campaign_id = $1', [b])).toEqual([{ revision: 2 }]);
  });

  it('is refused where a thread would be torn, or a comment stand below itself', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const { top, left, leaf, other } = await tree(db, a);
    const change = (set: string, id: number) => db.refused(`update campaign_engagement set ${set} where id = ${id}`);
    const torn = '23503 campaign_engagement_parent_is_a_comment_here';
    const share = `engagement_type = 'share', comment_text = null`;
    expect([
      await change(`campaign_id = ${b}`, leaf),
      await change(`campaign_id = ${b}`, top),
      await change(share, other),
      await change(`${share}, parent_comment_id = null`, left),
      await change(`parent_comment_id = ${leaf}`, top),
      await change(`parent_comment_id = ${left}`, left),
    ]).toEqual([
      torn,
      torn,
      'accepted',
      torn,
      '23514 no_comment_is_its_own_ancestor',
      '23514 no_comment_is_its_own_parent',
    ]);
    expect(await db.counters(a)).toEqual({ comments: 4, shares: 1 });
  });

  it('is seen by a reply that is written at the same time, or sees it: a thread is never torn', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const other = new pg.Client({ connectionString: db.url });
    await other.connect();
    const reply = `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
      values ($1, 9, 'comment', 'reply', $2)`;
    for (const [first, set] of [
      ['move', `campaign_id = ${b}`],
      ['reply', `campaign_id = ${b}`],
      ['move', `engagement_type = 'share', comment_text = null`],
      ['reply', `engagement_type = 'share', comment_text = null`],
    ] as const) {
      const parent = await db.engage(a, 1, 'comment');
      const move = `update campaign_engagement set ${set} where id = ${parent}`;
      await other.query('begin');
      await (first === 'move' ? other.query(move) : other.query(reply, [a, parent]));
      const late = first === 'move' ? db.refused(reply, [a, parent]) : db.refused(move);
      await somebodyWaits({ pool: other });
      await other.query('commit');
      expect(await late).toBe('23503 campaign_engagement_parent_is_a_comment_here');
      await db.proven();
    }
    await other.end();
  });
});
