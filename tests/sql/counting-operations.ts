import fc from 'fast-check';

/** One thing another program may do: a statement over a small world of campaigns, users and sessions. */
export interface Operation {
  sql: string;
  values: unknown[];
}
export interface Transaction {
  operations: Operation[];
  rollback: boolean;
  /** The operation before which a savepoint is set that is gone back to at the end; null: none is. */
  savepoint: number | null;
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
// What was clicked over HTTP stays clicked: the audit holds accepted events and rows against each other.
const bare =
  '(select id from campaign_impressions r where not exists (select from impression_event v where v.impression_id = r.id)) i';

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
  shape(fc.tuple(campaign, campaign), (values) => ({
    sql: 'update campaign_engagement set campaign_id = $2 where campaign_id = $1 and user_id = 3',
    values,
  })),
  shape(fc.tuple(pick, pick), (values) => ({
    sql: `update campaign_engagement set created_at = now() - make_interval(mins => $2) where id = ${nth(comments, '$1')}`,
    values,
  })),
  shape(pick, (value) => ({
    sql: `update campaign_engagement set id = default where id = ${nth(rows, '$1')}`,
    values: [value],
  })),
);

const status = fc.constantFrom('published', 'approved', 'pending', 'rejected', 'removed');
const states = fc.oneof(
  shape(fc.tuple(pick, status), (values) => ({
    sql: `insert into comment_state as s (comment_id, campaign_id, status)
          select id, campaign_id, $2 from ${comments} where id = ${nth(comments, '$1')}
          on conflict (comment_id) do update set status = excluded.status, revision = s.revision + 1`,
    values,
  })),
  shape(fc.tuple(campaign, status), (values) => ({
    sql: 'update comment_state set status = $2, changed_at = now() where campaign_id = $1 and comment_id % 3 = 0',
    values,
  })),
  shape(pick, (value) => ({
    sql: `delete from comment_state where comment_id = ${nth('(select comment_id as id from comment_state) s', '$1')}`,
    values: [value],
  })),
  shape(fc.tuple(campaign, user, status), (values) => ({
    sql: `with born as (select nextval(pg_get_serial_sequence('campaign_engagement', 'id')) as id), held as (
            insert into comment_state (comment_id, campaign_id, status) select id, $1, $3 from born
          )
          insert into campaign_engagement (id, campaign_id, user_id, engagement_type, comment_text) overriding system value
          select id, $1, $2, 'comment', 'held' from born`,
    values,
  })),
);

const flags = '(select id from comment_flag) f';
/** What another program may do to the desk: flags, settled or not, what rules found, and claims. */
const moderation = fc.oneof(
  shape(fc.tuple(pick, user, fc.constantFrom('spam', 'other')), (values) => ({
    sql: `insert into comment_flag (comment_id, user_id, reason)
          select id, $2, $3 from ${comments} where id = ${nth(comments, '$1')} on conflict do nothing`,
    values,
  })),
  shape(user, (value) => ({
    sql: `insert into comment_flag (comment_id, user_id, reason, weight)
          select id, $1, 'spam', 0.5 from campaign_engagement where engagement_type = 'comment' and id % 4 = 0
          on conflict do nothing`,
    values: [value],
  })),
  shape(fc.tuple(pick, fc.constantFrom('agreed', 'disagreed', 'obsolete', null)), (values) => ({
    sql: `update comment_flag set outcome = $2 where id = ${nth(flags, '$1')}`,
    values,
  })),
  shape(pick, (value) => ({ sql: `delete from comment_flag where id = ${nth(flags, '$1')}`, values: [value] })),
  shape(fc.tuple(pick, fc.constantFrom('flag', 'publish', 'hold')), (values) => ({
    sql: `insert into comment_rule_hit (comment_id, revision, rule, outcome, rules_version)
          select id, 1, 'links', $2, 1 from ${comments} where id = ${nth(comments, '$1')}
          on conflict (comment_id, revision, rule) do update set outcome = excluded.outcome`,
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
    sql: `update campaign_impressions set clicked = $2, is_viewable = $3, converted = $2 and $3 where id = ${nth(bare, '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, pick), ([place, change]) => ({
    sql: `update campaign_impressions set ${
      [
        `placement = 'popup'`,
        `region = 'north'`,
        `audience = 'tutor'`,
        `device_type = 'tablet'`,
        `location = 'Bergen'`,
        'cpi_rate = 0.5',
        `created_at = created_at - interval '3 hours'`,
      ][change % 7]
    } where id = ${nth(seen, '$1')}`,
    values: [place],
  })),
  shape(pick, (value) => ({
    sql: `insert into impression_verdict (impression_id, class, rule, rule_version)
          select id, 'crawler', 'test', 1 from ${seen} where id = ${nth(seen, '$1')} on conflict do nothing`,
    values: [value],
  })),
  shape(pick, (value) => ({
    sql: `delete from impression_verdict where impression_id = ${nth('(select impression_id as id from impression_verdict) v', '$1')}`,
    values: [value],
  })),
  shape(fc.tuple(pick, fc.constantFrom('crawler', 'excessive_rate')), (values) => ({
    sql: `update impression_verdict set class = $2 where impression_id = ${nth('(select impression_id as id from impression_verdict) v', '$1')}`,
    values,
  })),
  shape(fc.tuple(pick, pick), (values) => ({
    sql: `update impression_verdict v set impression_id = s.id, class = 'moved'
          from (select id from campaign_impressions) s
          where v.impression_id = ${nth('(select impression_id as id from impression_verdict) v', '$1')} and s.id = ${nth(seen, '$2')}
            and not exists (select from impression_verdict o where o.impression_id = s.id)`,
    values,
  })),
  shape(fc.tuple(pick, fc.constantFrom('crawler', 'flood')), (values) => ({
    sql: `update impression_verdict set class = $2
          where impression_id % 3 = $1::int % 3 or impression_id = ${nth('(select impression_id as id from impression_verdict) v', '$1')}`,
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
  shape(pick, (value) => ({
    sql: `update campaign_impressions set id = default where id = ${nth(bare, '$1')}`,
    values: [value],
  })),
  shape(fc.tuple(campaign, user), ([id, session]) => ({
    sql: `with born as (select nextval(pg_get_serial_sequence('campaign_impressions', 'id')) as id), judged as (
            insert into impression_verdict (impression_id, class, rule, rule_version) select id, 'bot', 'crawler', 1 from born
          )
          insert into campaign_impressions (id, campaign_id, session_id) overriding system value select id, $1, $2 from born`,
    values: [id, `s${session}`],
  })),
);

const invoice = nth('(select id from campaign_invoices) v', '$1');
const billing = fc.oneof(
  shape(fc.tuple(campaign, fc.integer({ min: 1, max: 6 })), (values) => ({
    sql: `select from close_billing($1, 'cycle', $2)`,
    values,
  })),
  shape(campaign, (value) => ({ sql: `select from close_billing($1, 'cycle')`, values: [value] })),
  shape(campaign, (value) => ({ sql: 'select bill_due($1)', values: [value] })),
  shape(fc.tuple(pick, fc.constantFrom('open', 'paid', 'void', 'uncollectible')), (values) => ({
    sql: `select from move_invoice(${invoice}, $2, null, null)`,
    values,
  })),
  shape(fc.tuple(pick, fc.constantFrom('void', 'void', 'draft', 'open', 'paid')), (values) => ({
    sql: `update campaign_invoices set status = $2 where id = ${invoice}`,
    values,
  })),
  shape(pick, (value) => ({ sql: `delete from campaign_invoices where id = ${invoice}`, values: [value] })),
  shape(fc.tuple(pick, campaign), (values) => ({
    sql: `update campaign_invoices set campaign_id = $2 where id = ${invoice}`,
    values,
  })),
  shape(pick, (value) => ({
    sql: `with v as (delete from impression_verdict
            where impression_id = ${nth('(select impression_id as id from impression_verdict) v', '$1')} returning impression_id)
          delete from campaign_impressions i using v where i.id = v.impression_id`,
    values: [value],
  })),
  shape(fc.tuple(pick, fc.boolean()), (values) => ({
    sql: `update campaign_profile set ended_at = case when $2::boolean then now() end where id = 1 + $1::int % ${campaigns}`,
    values,
  })),
);

/** A campaign comes, goes with all that hangs on it, or loses all of one kind. */
const youngest = `(select max(id) from campaign_profile where id > ${campaigns})`;
const sweeping = fc.oneof(
  shape(user, (value) => ({
    sql: `with made as (insert into campaign_profile (name, cpi_rate, launched_at) values ('young', 0.5, now()) returning id)
          insert into campaign_engagement (campaign_id, user_id, engagement_type) select id, $1, 'share' from made`,
    values: [value],
  })),
  shape(user, (value) => ({
    sql: `insert into campaign_engagement (campaign_id, user_id, engagement_type, comment_text)
          select id, $1, 'comment', 'young' from campaign_profile where id = ${youngest}`,
    values: [value],
  })),
  shape(fc.constant(0), () => ({ sql: `delete from campaign_profile where id = ${youngest}`, values: [] })),
  shape(campaign, (value) => ({ sql: 'delete from campaign_engagement where campaign_id = $1', values: [value] })),
  shape(campaign, (value) => ({ sql: 'delete from campaign_impressions where campaign_id = $1', values: [value] })),
);
const truncating = shape(fc.constantFrom('campaign_engagement', 'campaign_impressions'), (table) => ({
  sql: `truncate ${table} cascade`,
  values: [],
}));

const operation = fc.oneof(
  { weight: 240, arbitrary: engagement },
  { weight: 160, arbitrary: impressions },
  { weight: 60, arbitrary: states },
  { weight: 80, arbitrary: billing },
  { weight: 60, arbitrary: moderation },
  { weight: 12, arbitrary: sweeping },
  { weight: 1, arbitrary: truncating },
);

/** One to three statements; a fifth of the transactions is rolled back, and a fifth goes back to a savepoint. */
export const transaction: fc.Arbitrary<Transaction> = fc
  .record({
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
    ending: fc.constantFrom('commit', 'commit', 'commit', 'rollback', 'savepoint'),
    from: fc.nat({ max: 2 }),
  })
  .map(({ operations, ending, from }) => ({
    operations,
    rollback: ending === 'rollback',
    savepoint: ending === 'savepoint' ? from % operations.length : null,
  }));

export const transactions: fc.Arbitrary<Transaction[]> = fc.array(transaction, {
  minLength: 100,
  maxLength: 160,
  size: 'max',
});
export const worldSize = campaigns;
