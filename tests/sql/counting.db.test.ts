import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

describe('rows that psql inserts', () => {
  it('are counted by type, each with nothing but the columns it needs', async () => {
    const [id = 0] = await db.campaigns(1);
    for (const type of ['like', 'share', 'comment', 'save', 'bookmark']) await db.engage(id, 7, type);
    await db.engage(id, 7, 'share');
    expect(await db.counters(id)).toEqual({ likes: 1, shares: 2, comments: 1, saves: 1, bookmarks: 1 });
    const rows = await db.run('select distinct brand_id, updated_at = created_at as fresh from campaign_engagement');
    expect(rows).toEqual([{ brand_id: 70, fresh: true }]);
    await db.run('delete from campaign_engagement where campaign_id = $1', [id]);
    expect(await db.counters(id)).toEqual({});
  });

  it('may come many in one statement, over several campaigns and types, parents and children together', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    await db.run(
      `insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
       overriding system value values
         (9003, $1, 1, 'comment', 'below below', 9002), (9002, $1, 2, 'comment', 'below', 9001),
         (9001, $1, 3, 'comment', 'top', null), (9004, $1, 4, 'like', null, 9002), (9005, $1, 4, 'like', null, null),
         (9006, $2, 4, 'comment', 'elsewhere', null), (9007, $2, 4, 'share', null, null)`,
      [a, b],
    );
    expect([await db.counters(a), await db.counters(b)]).toEqual([
      { likes: 1, comments: 3 },
      { comments: 1, shares: 1 },
    ]);
    expect([await db.comment(9001), await db.comment(9002), await db.comment(9003)]).toEqual([
      { depth: 0, likes: 0, replies: 1, descendants: 2 },
      { depth: 1, likes: 1, replies: 1, descendants: 1 },
      { depth: 2, likes: 0, replies: 0, descendants: 0 },
    ]);
    expect(await db.log(a)).toEqual(['comment:created 9001', 'comment:created 9002', 'comment:created 9003']);
  });

  it('that meet a row that is there already, and statements without a row, count nothing and log nothing', async () => {
    const [id = 0] = await db.campaigns(1);
    await db.engage(id, 7, 'like');
    const stream = `select head, version from live_stream where stream = campaign_stream(${id})`;
    const before = await db.run(stream);
    await db.run(
      `insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, 7, 'like') on conflict do nothing`,
      [id],
    );
    await db.run('delete from campaign_engagement where id = 0');
    await db.run('update campaign_engagement set location = $2 where campaign_id = $1', [id, 'Oslo']);
    await db.run('update campaign_profile set remaining_balance = 5 where id = $1', [id]);
    expect([await db.counters(id), await db.run(stream)]).toEqual([{ likes: 1 }, before]);
  });

  it('are refused where they make no sense, and then leave no trace', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const comment = await db.engage(a, 1, 'comment');
    const like = await db.engage(a, 1, 'like', comment);
    const insert = (campaign: number, type: string, parent: number | null, text: string | null = null) =>
      db.refused(
        `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id, comment_text)
         values ($1, 1, $2, $3, $4)`,
        [campaign, type, parent, text],
      );
    expect([
      await insert(a, 'like', comment),
      await insert(b, 'like', comment),
      await insert(a, 'comment', like, 'x'),
      await insert(a, 'comment', 999_999_999, 'x'),
      await insert(a, 'share', comment),
      await insert(a, 'comment', null),
      await insert(a, 'comment', null, ' \n'),
      await insert(a, 'like', null, 'x'),
      await insert(a, 'applause', null),
      await insert(999_999_999, 'like', null),
    ]).toEqual([
      '23505 campaign_engagement_reactions_are_unique',
      '23503 campaign_engagement_parent_is_a_comment_here',
      '23503 campaign_engagement_parent_is_a_comment_here',
      '23503 a_reply_or_comment_like_belongs_to_a_comment',
      '23514 only_likes_and_comments_have_a_parent',
      '23514 comments_and_only_comments_have_text',
      '23514 a_comment_is_not_blank',
      '23514 comments_and_only_comments_have_text',
      '23514 engagement_type_is_known',
      '23503 an_engagement_belongs_to_a_campaign',
    ]);
    expect([await db.counters(a), await db.counters(b)]).toEqual([{ comments: 1 }, {}]);
    expect(await db.log(a)).toEqual([`comment:created ${comment}`]);
  });

  it('of a comment that is held when it comes are neither counted nor announced, nor missed when they go', async () => {
    const [id = 0] = await db.campaigns(1);
    await db.run('begin');
    await db.run(`insert into comment_state (comment_id, campaign_id, status) values (8001, $1, 'pending')`, [id]);
    await db.run(
      `insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text)
       overriding system value values (8001, $1, 7, 'comment', 'held')`,
      [id],
    );
    await db.run('commit');
    expect([await db.counters(id), await db.log(id)]).toEqual([{}, []]);
    await db.proven();
    await db.run('delete from campaign_engagement where id = 8001');
    expect([await db.counters(id), await db.log(id)]).toEqual([{}, []]);
  });
});

describe('a transaction that is rolled back', () => {
  it('leaves counts, heads, versions and the outbox as they were', async () => {
    const [a = 0, b = 0] = await db.campaigns(2);
    const comment = await db.engage(a, 1, 'comment');
    const whole = `select (select jsonb_agg(s order by stream) from live_stream s) as streams,
      (select jsonb_agg(c order by campaign_id) from campaign_counters c) as counters,
      (select jsonb_agg(c order by comment_id) from comment_counters c) as comments,
      (select count(*) from live_event) as events, (select count(*) from live_outbox) as outbox`;
    const before = await db.run(whole);
    await db.run('begin');
    await db.engage(a, 2, 'like', comment);
    await db.engage(b, 2, 'comment');
    await db.see(b, 's1');
    await db.run('savepoint here');
    await db.run('delete from campaign_engagement');
    await db.run('rollback to here');
    expect(await db.counters(b)).toEqual({ comments: 1, impressions: 1, reach: 1, spend: 0.25 });
    await db.run('rollback');
    expect(await db.run(whole)).toEqual(before);
  });
});
