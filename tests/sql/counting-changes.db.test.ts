import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

/** top ─┬─ left ── leaf, liked twice    and beside it another top-level comment */
async function tree(campaign: number) {
  const top = await db.engage(campaign, 1, 'comment');
  const left = await db.engage(campaign, 2, 'comment', top);
  const right = await db.engage(campaign, 3, 'comment', top);
  const leaf = await db.engage(campaign, 4, 'comment', left);
  for (const user of [5, 6]) await db.engage(campaign, user, 'like', leaf);
  const other = await db.engage(campaign, 1, 'comment');
  return { top, left, right, leaf, other };
}

describe('deleting', () => {
  it('a comment takes its subtree and all likes below along, and announces each comment that went', async () => {
    const [id = 0] = await db.campaigns(1);
    const { top, left, right, leaf, other } = await tree(id);
    await db.engage(id, 9, 'like');
    await db.run(`update campaign_engagement set comment_text = 'edited' where id = $1`, [leaf]);
    const made = await db.log(id);
    await db.run('delete from campaign_engagement where id = $1', [left]);
    expect(await db.counters(id)).toEqual({ comments: 3, likes: 1 });
    expect(await db.comment(top)).toEqual({ depth: 0, likes: 0, replies: 1, descendants: 1 });
    const gone = (await db.log(id)).slice(made.length);
    expect(gone.sort()).toEqual([`comment:removed ${leaf}`, `comment:removed ${left}`].sort());
    await db.proven();
    await db.run('delete from campaign_engagement where campaign_id = $1 and engagement_type = $2', [id, 'comment']);
    expect([await db.counters(id), await db.comment(right), await db.comment(other)]).toEqual([
      { likes: 1 },
      undefined,
      undefined,
    ]);
    expect(await db.run('select comment_id from comment_state where campaign_id = $1', [id])).toEqual([]);
  });

  it('a comment shows readers a tombstone: no text, by a moderator', async () => {
    const [id = 0] = await db.campaigns(1);
    const comment = await db.engage(id, 7, 'comment');
    await db.run('delete from campaign_engagement where id = $1', [comment]);
    const [event] = await db.run(
      `select data from live_event where stream = campaign_stream($1) and name = 'comment:removed'`,
      [id],
    );
    expect(event?.data).toMatchObject({ id: comment, campaignId: id, text: null, removed: { by: 'moderator' } });
  });

  it('a campaign takes everything counted along; its stream stays and never goes back', async () => {
    const [id = 0, other = 0] = await db.campaigns(2);
    await tree(id);
    await db.see(id, 's1');
    await db.engage(other, 1, 'like');
    const stream = 'select head::int, version::int from live_stream where stream = campaign_stream($1)';
    const [before] = await db.run(stream, [id]);
    await db.run('delete from campaign_profile where id = $1', [id]);
    const [after] = await db.run(stream, [id]);
    expect(after?.head).toBeGreaterThanOrEqual(before?.head);
    expect(after?.version).toBeGreaterThan(before?.version);
    expect([await db.counters(id), await db.counters(other)]).toEqual([undefined, { likes: 1 }]);
    for (const table of ['comment_counters', 'campaign_viewers', 'impression_hourly']) {
      expect(await db.run(`select from ${table} where campaign_id = $1`, [id])).toEqual([]);
    }
  });

  it('an impression leaves what it led to', async () => {
    const [id = 0] = await db.campaigns(1);
    const impression = await db.see(id, 's1');
    const like = await db.engage(id, 1, 'like');
    await db.run('update campaign_engagement set impression_id = $2 where id = $1', [like, impression]);
    await db.run('delete from campaign_impressions where id = $1', [impression]);
    expect(await db.counters(id)).toEqual({ likes: 1 });
  });
});

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
    const { top, left, right, leaf, other } = await tree(a);
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
    const { top, leaf } = await tree(a);
    await db.run(`update campaign_engagement set comment_text = 'edited' where id = $1`, [leaf]);
    await db.run('update campaign_engagement set campaign_id = $2 where campaign_id = $1', [a, b]);
    expect([await db.counters(a), await db.counters(b)]).toEqual([{}, { comments: 5 }]);
    expect(await db.comment(top)).toEqual({ depth: 0, likes: 0, replies: 2, descendants: 3 });
    expect(await db.run('select revision from comment_state where campaign_id = $1', [b])).toEqual([{ revision: 2 }]);
  });

  it('is refused where a thread would be torn, or a comment stand below itself', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const { top, left, leaf, other } = await tree(a);
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
});
