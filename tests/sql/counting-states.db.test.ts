import type pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { somebodyWaits } from '../features/somebody-waits.ts';
import { type Psql, psql } from './counting.ts';
import { program, proven } from './counting-play.ts';

let db: Psql;
let other: pg.Client;
beforeAll(async () => {
  db = await psql();
  other = await program(db.url);
  return () => other.end();
});
afterEach(() => proven(db.client));

/** Two campaigns, and in the first a comment with a reply that is about to be held. */
async function world() {
  const [a = 0, b = 0] = await db.campaigns(2);
  const top = await db.engage(a, 1, 'comment');
  const reply = await db.engage(a, 2, 'comment', top);
  return { a, b, top, reply };
}
const hold = (campaign: number, comment: number) =>
  `insert into comment_state (comment_id, campaign_id, status) values (${comment}, ${campaign}, 'pending')`;

/** Does the first in a transaction that is not yet over when the second comes; of a deadlock the first is the victim. */
async function both(first: string, second: string): Promise<string> {
  await other.query('begin');
  await other.query(first);
  const late = db.refused(second);
  await somebodyWaits({ pool: other });
  await other.query('commit').catch(({ code }: pg.DatabaseError) => expect(code).toBe('40P01'));
  return late;
}

describe('a status that changes while another program', () => {
  it('moves its comment is counted where the comment is', async () => {
    const { a, b, reply } = await world();
    const move = `update campaign_engagement set campaign_id = ${b}, parent_comment_id = null where id = ${reply}`;
    expect(await both(move, hold(a, reply))).toBe('accepted');
    expect([await db.counters(a), await db.counters(b)]).toEqual([{ comments: 1 }, {}]);
    expect(await db.run('select campaign_id from comment_state where comment_id = $1', [reply])).toEqual([
      { campaign_id: b },
    ]);
  });

  it('makes a share of its comment is nobody’s', async () => {
    const { a, reply } = await world();
    const share = `update campaign_engagement set engagement_type = 'share', comment_text = null, parent_comment_id = null where id = ${reply}`;
    expect(await both(share, hold(a, reply))).toBe('accepted');
    expect(await db.counters(a)).toEqual({ comments: 1, shares: 1 });
    expect(await db.run('select from comment_state where comment_id = $1', [reply])).toEqual([]);
  });

  it('deletes its comment is uncounted once', async () => {
    const { a, top, reply } = await world();
    await db.run(`insert into comment_state (comment_id, campaign_id, status) values ($1, $2, 'approved')`, [reply, a]);
    const pending = `update comment_state set status = 'pending' where comment_id = ${reply}`;
    expect(await both(pending, `delete from campaign_engagement where id = ${reply}`)).toBe('accepted');
    expect([await db.counters(a), await db.comment(top)]).toEqual([
      { comments: 1 },
      { depth: 0, likes: 0, replies: 0, descendants: 0 },
    ]);
  });
});

it('what stands beside a share goes when it is none any more', async () => {
  const { a } = await world();
  const share = await db.engage(a, 3, 'share');
  await db.run(`insert into share_channel values ($1, 'mail')`, [share]);
  await db.run(`update campaign_engagement set engagement_type = 'save' where id = $1`, [share]);
  expect(await db.run('select from share_channel where share_id = $1', [share])).toEqual([]);
});
