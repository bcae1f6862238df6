import fc from 'fast-check';

/** One thing another program may do: a statement over a small world of campaigns, users and sessions. */
export interface Operation {
  sql: string;
  values: unknown[];
}
export interface Transaction {
  operations: Operation[];
  rollback: boolean;
}

const campaigns = 4;
const campaign = fc.integer({ min: 1, max: campaigns });
const user = fc.integer({ min: 1, max: 6 });
const pick = fc.integer({ min: 0, max: 1_000 });
const type = fc.constantFrom('like', 'share', 'save', 'bookmark');

const shape = <T>(arbitrary: fc.Arbitrary<T>, make: (value: T) => Operation) => arbitrary.map(make);

/** The n-th row of a kind, modulo how many there are: so that a random number always names something. */
const nth = (from: string, place: string) =>
  `(select id from ${from} order by id offset ${place}::int % greatest((select count(*)::int from ${from}), 1) limit 1)`;
const comments = `(select id, campaign_id from campaign_engagement where engagement_type = 'comment') c`;
const rows = '(select id from campaign_engagement) e';
const seen = '(select id from campaign_impressions) i';

const engagement = fc.oneof(
  shape(fc.tuple(campaign, user, type), (values) => ({
    sql: 'insert into campaign_engagement (campaign_id, user_id, engagement_type) values ($1, $2, $3) on conflict do nothing',
    values,
  })),
  shape(fc.tuple(campaign, user), (values) => ({
    sql: `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text) values ($1, $2, 'comment', 'top')`,
    values,
  })),
  shape(fc.tuple(pick, user), (values) => ({
    sql: `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text, parent_comment_id)
          select campaign_id, $2, 'comment', 'reply', id from ${comments} where id = ${nth(comments, '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, user), (values) => ({
    sql: `insert into campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id)
          select campaign_id, $2, 'like', id from ${comments} where id = ${nth(comments, '$1')} on conflict do nothing`,
    values,
  })),
  shape(fc.tuple(campaign, campaign, user), (values) => ({
    sql: `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
          values ($1, $3, 'comment', 'many'), ($2, $3, 'comment', 'many'), ($2, $3, 'share', null), ($1, $3, 'share', null)`,
    values,
  })),
  shape(pick, (value) => ({ sql: `delete from campaign_engagement where id = ${nth(rows, '$1')}`, values: [value] })),
  shape(fc.tuple(campaign, user), (values) => ({
    sql: `delete from campaign_engagement where campaign_id = $1 and user_id = $2 and engagement_type <> 'comment'`,
    values,
  })),
  shape(pick, (value) => ({
    sql: `update campaign_engagement set comment_text = comment_text || '!' where id = ${nth(comments, '$1')}`,
    values: [value],
  })),
  shape(fc.tuple(pick, pick), (values) => ({
    sql: `update campaign_engagement set parent_comment_id = ${nth(comments, '$2')} where id = ${nth(comments, '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, type), (values) => ({
    sql: `update campaign_engagement set engagement_type = $2, comment_text = null, parent_comment_id = null where id = ${nth(rows, '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, campaign), (values) => ({
    sql: `update campaign_engagement set campaign_id = $2 where id = ${nth(rows, '$1')}`,
    values,
  })),
);

const impressions = fc.oneof(
  shape(fc.tuple(campaign, fc.option(user), user), ([id, userId, session]) => ({
    sql: `insert into campaign_impressions (campaign_id, user_id, session_id, placement) values ($1, $2, $3, 'widget')`,
    values: [id, userId, `s${session}`],
  })),
  shape(fc.tuple(campaign, campaign, pick), (values) => ({
    sql: `insert into campaign_impressions (campaign_id, session_id, is_viewable, created_at)
          select case n % 2 when 0 then $1::bigint else $2 end, 's' || ($3::int + n) % 9, n % 3 = 0, now() - make_interval(mins => n * 25)
          from generate_series(1, 6) n`,
    values,
  })),
  shape(fc.tuple(pick, fc.boolean(), fc.boolean()), (values) => ({
    sql: `update campaign_impressions set clicked = $2, is_viewable = $3, converted = $2 and $3 where id = ${nth(seen, '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, user), ([place, session]) => ({
    sql: `update campaign_impressions set session_id = $2, user_id = null where id = ${nth(seen, '$1')}`,
    values: [place, `s${session}`],
  })),
  shape(fc.tuple(pick, campaign), (values) => ({
    sql: `update campaign_impressions set campaign_id = $2 where id = ${nth(seen, '$1')}`,
    values,
  })),
  shape(fc.tuple(campaign, user), ([id, session]) => ({
    sql: 'delete from campaign_impressions where campaign_id = $1 and session_id = $2',
    values: [id, `s${session}`],
  })),
  shape(pick, (value) => ({ sql: `delete from campaign_impressions where id = ${nth(seen, '$1')}`, values: [value] })),
);

const operation = fc.oneof({ weight: 3, arbitrary: engagement }, { weight: 2, arbitrary: impressions });

/** What several programs do: at least a hundred transactions, each of one to three statements, a fifth of them rolled back. */
export const transactions: fc.Arbitrary<Transaction[]> = fc.array(
  fc.record({
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
    rollback: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
  }),
  { minLength: 100, maxLength: 160, size: 'max' },
);
export const worldSize = campaigns;
