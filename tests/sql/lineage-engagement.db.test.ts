import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrateDown, migrateUp } from '../../server/platform/migrate/migrate.ts';
import type { FreshDatabase } from '../support/database.ts';
import { query } from '../support/sql.ts';
import { emptyDatabase } from './empty-database.ts';
import { columnsAfter } from './lineage-columns.ts';
import { allRows, columnNames } from './lineage-snapshot.ts';

let database: FreshDatabase;
let url = '';
beforeAll(async () => {
  database = await emptyDatabase();
  url = database.url;
  await migrateUp(url, { to: '0006' });
});
afterAll(() => database.drop());
beforeEach(async () => {
  await query(
    url,
    'truncate campaign_profile, campaign_invoices, campaign_impressions, campaign_media, campaign_engagement restart identity',
  );
  await query(url, `insert into campaign_profile (name) values ('first'), ('second')`);
});

const engage = (columns: string, values: string) =>
  query<{ id: string }>(url, `insert into campaign_engagement (${columns}) values (${values}) returning id`);

describe('a second reaction of one user never lands', () => {
  test.each(['like', 'save', 'bookmark'])('%s, however many arrive at once', async (type) => {
    const tries = Array.from({ length: 20 }, () => engage('campaign_id, user_id, engagement_type', `1, 7, '${type}'`));
    const outcomes = await Promise.allSettled(tries);
    const refusals = outcomes
      .filter((outcome) => outcome.status === 'rejected')
      .map((outcome) => outcome.reason.constraint);
    expect(refusals).toEqual(Array(19).fill('campaign_engagement_reactions_are_unique'));
  });

  test('a like of a comment beside the like of the campaign', async () => {
    await engage('campaign_id, user_id, engagement_type, comment_text', `1, 1, 'comment', 'hello'`);
    const like = () => engage('campaign_id, user_id, engagement_type, parent_comment_id', `1, 7, 'like', 1`);
    await engage('campaign_id, user_id, engagement_type', `1, 7, 'like'`);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, like));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });

  test('shares, comments, other users and other campaigns are free', async () => {
    const values = `(1, 7, 'share', null), (1, 7, 'share', null), (1, 7, 'comment', 'a'), (1, 7, 'comment', 'a'),
      (1, 7, 'like', null), (1, 8, 'like', null), (2, 7, 'like', null), (1, 7, 'save', null), (1, 7, 'bookmark', null)`;
    await query(
      url,
      `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) values ${values}`,
    );
    expect((await allRows(url)).campaign_engagement).toHaveLength(9);
  });
});

describe('a row that breaks a rule is refused by the name of the rule', () => {
  test.each([
    ['user_id, engagement_type, comment_text', `1, 'comment', null`, 'comments_and_only_comments_have_text'],
    ['user_id, engagement_type, comment_text', `1, 'like', 'text'`, 'comments_and_only_comments_have_text'],
    ['user_id, engagement_type, comment_text', `1, 'comment', E' \\n\\t'`, 'a_comment_is_not_blank'],
    ['user_id, engagement_type, parent_comment_id', `1, 'save', 1`, 'only_likes_and_comments_have_a_parent'],
    ['user_id, engagement_type, parent_comment_id', `1, 'share', 1`, 'only_likes_and_comments_have_a_parent'],
    ['user_id, engagement_type, parent_comment_id', `1, 'like', 999`, 'a_reply_or_comment_like_belongs_to_a_comment'],
    ['user_id, engagement_type, impression_id', `1, 'like', 999`, 'an_engagement_may_name_its_impression'],
    ['user_id, engagement_type', `1, 'dislike'`, 'engagement_type_is_known'],
    ['user_id, engagement_type, device_type', `1, 'like', 'fridge'`, 'engagement_device_type_is_known'],
  ])('campaign_engagement (%s) values (%s): %s', async (columns, values, constraint) => {
    await engage('campaign_id, user_id, engagement_type, comment_text', `1, 1, 'comment', 'hello'`);
    await expect(engage(`campaign_id, ${columns}`, `1, ${values}`)).rejects.toMatchObject({ constraint });
  });

  test.each([
    [
      'campaign_engagement (campaign_id, user_id, engagement_type)',
      `9, 1, 'like'`,
      'an_engagement_belongs_to_a_campaign',
    ],
    ['campaign_profile (name, target_audiences)', `'a', '{tutor,martian}'`, 'target_audiences_are_known'],
    ['campaign_profile (name, target_placements)', `'a', '{moon}'`, 'target_placements_are_known'],
    ['campaign_profile (name, verification_status)', `'a', 'live'`, 'verification_status_is_known'],
    ['campaign_invoices (campaign_id, status)', `1, 'lost'`, 'invoice_status_is_known'],
    ['campaign_invoices (campaign_id, invoice_type)', `1, 'gift'`, 'invoice_type_is_known'],
    ['campaign_invoices (campaign_id)', '9', 'an_invoice_belongs_to_a_campaign'],
    ['campaign_impressions (campaign_id, session_id, placement)', `1, 's', 'moon'`, 'impression_placement_is_known'],
    ['campaign_impressions (campaign_id, session_id, device_type)', `1, 's', 'x'`, 'impression_device_type_is_known'],
    ['campaign_impressions (campaign_id, session_id)', `9, 's'`, 'an_impression_belongs_to_a_campaign'],
    ['campaign_media (campaign_id, media_type, file_url)', `1, 'sound', 'u'`, 'media_type_is_known'],
    [
      'campaign_media (campaign_id, media_type, file_url, placement)',
      `1, 'image', 'u', 'x'`,
      'media_placement_is_known',
    ],
    ['campaign_media (campaign_id, media_type, file_url)', `9, 'image', 'u'`, 'media_belong_to_a_campaign'],
  ])('%s values (%s): %s', async (into, values, constraint) => {
    await expect(query(url, `insert into ${into} values (${values})`)).rejects.toMatchObject({ constraint });
  });
});

test('a plain row of another program needs only what the contract says', async () => {
  await query(url, `insert into campaign_impressions (campaign_id, session_id) values (1, 's')`);
  await query(url, `insert into campaign_invoices (campaign_id) values (1)`);
  await query(url, `insert into campaign_media (campaign_id, media_type, file_url) values (1, 'video', 'u')`);
  await engage('campaign_id, user_id, engagement_type', `1, 1, 'like'`);
  const required = await query<{ name: string }>(
    url,
    `select table_name || '.' || column_name as name from information_schema.columns
     where table_name like 'campaign\\_%' and table_name not like '%backup' and is_nullable = 'NO' and column_default is null
       and is_identity = 'NO' order by 1`,
  );
  expect(required.map((row) => row.name)).toEqual([
    'campaign_engagement.campaign_id',
    'campaign_engagement.engagement_type',
    'campaign_engagement.user_id',
    'campaign_impressions.campaign_id',
    'campaign_impressions.session_id',
    'campaign_invoices.campaign_id',
    'campaign_media.campaign_id',
    'campaign_media.file_url',
    'campaign_media.media_type',
    'campaign_profile.name',
  ]);
});

test('deleting a campaign takes its engagement along; deleting an impression does not; an invoice holds the campaign', async () => {
  await query(url, `insert into campaign_impressions (campaign_id, session_id) values (1, 's')`);
  await engage('campaign_id, user_id, engagement_type, impression_id', `1, 1, 'like', 1`);
  await query(url, 'delete from campaign_impressions');
  expect(await query(url, 'select impression_id from campaign_engagement')).toEqual([{ impression_id: null }]);
  await query(url, 'delete from campaign_profile where id = 1');
  expect(await query(url, 'select from campaign_engagement')).toEqual([]);
  await query(url, 'insert into campaign_invoices (campaign_id) values (2)');
  await expect(query(url, 'delete from campaign_profile')).rejects.toMatchObject({
    constraint: 'an_invoice_belongs_to_a_campaign',
  });
});

test('a like of a comment is no like of the campaign, for the functions and for the view', async () => {
  await query(
    url,
    `insert into campaign_impressions (campaign_id, session_id, user_id, is_viewable, clicked, converted)
    values (1, '7', null, true, true, true), (1, '7', null, false, false, false), (1, 's', 7, true, true, false), (1, 't', 7, false, false, false)`,
  );
  await query(
    url,
    `insert into campaign_invoices (campaign_id, amount, refund_amount, status, invoice_type)
    values (1, 5, 1, 'paid', 'cycle'), (1, 9, 0, 'draft', 'cycle'), (1, 9, 0, 'void', 'cycle'), (1, 9, 0, 'paid', 'deposit')`,
  );
  await engage('campaign_id, user_id, engagement_type, comment_text', `1, 1, 'comment', 'hello'`);
  await engage('campaign_id, user_id, engagement_type, comment_text, parent_comment_id', `1, 2, 'comment', 'reply', 1`);
  await engage('campaign_id, user_id, engagement_type, parent_comment_id', `1, 7, 'like', 1`);
  await engage('campaign_id, user_id, engagement_type', `1, 8, 'bookmark'`);
  const [row] = await query(
    url,
    `select has_user_engaged(1, 7, 'like') as "likeOf7", has_user_engaged(1, 2, 'comment') as "commentOf2",
       (select array[likes_count, shares_count, comments_count, saves_count, bookmarks_count, total_engagements]::integer[]
        from get_campaign_engagement_counts(1)) as counts,
       (select total_engagements::integer from get_campaign_engagement_counts(404)) as nothing`,
  );
  expect(row).toEqual({ likeOf7: false, commentOf2: true, counts: [0, 0, 2, 0, 1, 3], nothing: 0 });
  const metrics = `impressions, impressions_delivered, reach, clicks, conversions, likes, shares, comments, saves, followers,
    viewability_rate, click_through_rate, conversion_rate, engagement_rate, frequency, marketing_efficiency_ratio`;
  const rows = await query(
    url,
    `select concat_ws(' ', ${metrics}) as metrics from campaign_with_full_metrics order by id`,
  );
  expect(rows).toEqual([
    { metrics: '4 4 2 2 1 0 0 2 0 1 0.500000 0.500000 0.500000 0.750000 2.000000 0.250000' },
    { metrics: '0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0' },
  ]);
});

test('rolling back over engagement refuses with the number of rows and changes nothing, unless told to discard it', async () => {
  await engage('campaign_id, user_id, engagement_type', `1, 1, 'like'`);
  await engage('campaign_id, user_id, engagement_type', `1, 1, 'share'`);
  const before = await allRows(url);
  await expect(migrateDown(url, { to: '0001' })).rejects.toThrow(
    /^Rolling back 0004 would drop 2 rows of campaign_engagement/,
  );
  expect(await columnNames(url)).toEqual(columnsAfter(5));
  expect(await allRows(url)).toEqual(before);
  await migrateDown(url, { to: '0004' });
  expect((await allRows(url)).campaign_engagement).toHaveLength(2);
  await migrateDown(url, { to: '0001', discardEngagement: true });
  expect(await columnNames(url)).toEqual(columnsAfter(0));
  await migrateUp(url, { to: '0006' });
});
