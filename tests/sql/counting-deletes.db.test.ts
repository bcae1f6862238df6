import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql, tree } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});
afterEach(() => db.proven());

describe('deleting', () => {
  it('a comment takes its subtree and all likes below along, and announces each comment that went', async () => {
    const [id = 0] = await db.campaigns(1);
    const { top, left, right, leaf, other } = await tree(db, id);
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
    await tree(db, id);
    await db.see(id, 's1');
    await db.engage(other, 1, 'like');
    const stream = 'select head::int, version::int from live_stream where stream = campaign_stream($1)';
    const [before] = await db.run(stream, [id]);
    await db.run('delete from campaign_profile where id = $1', [id]);
    const [after] = await db.run(stream, [id]);
    expect(after?.head).toBeGreaterThanOrEqual(before?.head);
    expect(after?.version).toBeGreaterThan(before?.version);
    expect([await db.counters(id), await db.counters(other)]).toEqual([undefined, { likes: 1 }]);
    for (const table of [
      'comment_counters',
      'campaign_viewers',
      'campaign_invalid_counters',
      'campaign_invalid_viewers',
      'impression_hourly',
      'impression_quarter_hourly',
    ]) {
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
