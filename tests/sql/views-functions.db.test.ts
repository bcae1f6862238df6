import { beforeAll, describe, expect, it } from 'vitest';
import { type Psql, psql } from './counting.ts';

let db: Psql;
beforeAll(async () => {
  db = await psql();
});

const invoices = async (campaign: number, rows: { status: string; invoice_type?: string }[]) => {
  for (const { status, invoice_type = 'cycle' } of rows) {
    await db.run('insert into campaign_invoices (campaign_id, status, invoice_type) values ($1, $2, $3)', [
      campaign,
      status,
      invoice_type,
    ]);
  }
};

describe('get_campaign_payment_status', () => {
  const open = { status: 'open' };
  const paid = { status: 'paid' };
  const deposit = { invoice_type: 'deposit' };
  it.each<[string, { status: string; invoice_type?: string }[]]>([
    ['no_invoices', []],
    ['no_invoices', [{ status: 'draft' }, { status: 'void' }, { status: 'draft', ...deposit }]],
    ['fully_paid', [paid, { ...paid, ...deposit }]],
    ['fully_paid', [paid, { status: 'void' }, { status: 'draft' }]],
    ['deposit_pending', [{ ...open, ...deposit }]],
    ['deposit_pending', [{ ...open, ...deposit }, paid, open]],
    ['partially_paid', [open]],
    ['partially_paid', [paid, open]],
    ['partially_paid', [{ ...paid, ...deposit }, open]],
    ['partially_paid', [paid, { status: 'uncollectible' }]],
    ['partially_paid', [{ status: 'uncollectible', ...deposit }]],
  ])('is %s for %j', async (status, rows) => {
    const [id = 0] = await db.campaigns(1);
    await invoices(id, rows);
    expect(await db.run('select get_campaign_payment_status($1) as status', [id])).toEqual([{ status }]);
  });

  it('is no_invoices for a campaign that is not there', async () => {
    expect(await db.run('select get_campaign_payment_status(0) as status')).toEqual([{ status: 'no_invoices' }]);
  });
});

it('has_user_engaged tells each kind apart, and a like of a comment from a like of the campaign', async () => {
  const [id = 0, other = 0] = await db.campaigns(2);
  const comment = await db.engage(id, 1, 'comment');
  await db.engage(id, 2, 'like', comment);
  await db.engage(id, 3, 'comment', comment);
  await db.engage(id, 4, 'like');
  await db.engage(id, 4, 'share');
  const kinds = ['like', 'share', 'comment', 'save', 'bookmark'];
  const engaged = async (campaign: number, user: number) => {
    const [row] = await db.run(
      'select array_agg(k) filter (where has_user_engaged($1, $2, k)) as did from unnest($3::text[]) k',
      [campaign, user, kinds],
    );
    return row?.did ?? [];
  };
  const found = [];
  for (const user of [1, 2, 3, 4, 5]) found.push(await engaged(id, user));
  expect(found).toEqual([['comment'], [], ['comment'], ['like', 'share'], []]);
  expect(await engaged(other, 4)).toEqual([]);
});

it('get_campaign_engagement_counts is one row of five counts and their sum, also for nobody and nothing', async () => {
  const [id = 0, quiet = 0] = await db.campaigns(2);
  const comment = await db.engage(id, 1, 'comment');
  await db.engage(id, 2, 'comment', comment);
  await db.engage(id, 3, 'like', comment);
  for (const type of ['like', 'save', 'bookmark', 'share', 'share']) await db.engage(id, 4, type);
  const countsOf = (campaign: number) => db.run('select * from get_campaign_engagement_counts($1)', [campaign]);
  const row = (likes: number, shares: number, comments: number, saves: number, bookmarks: number) => ({
    ...{ likes_count: likes, shares_count: shares, comments_count: comments, saves_count: saves },
    ...{ bookmarks_count: bookmarks, total_engagements: likes + shares + comments + saves + bookmarks },
  });
  expect(await countsOf(id)).toEqual([row(1, 2, 2, 1, 1)]);
  expect([await countsOf(quiet), await countsOf(0)]).toEqual([[row(0, 0, 0, 0, 0)], [row(0, 0, 0, 0, 0)]]);
});
