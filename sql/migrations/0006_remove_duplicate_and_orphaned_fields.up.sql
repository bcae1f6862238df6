-- 0006, step 5 of the clean-up: duplicates, the last aggregates and an orphaned reference leave the campaign;
-- campaign_profile 54 → 46 columns.
--
-- For the operator: the eight values of every campaign are kept in campaign_profile_duplicate_fields_backup,
-- from which `migrate down --to 0005` gives them back. Where a leaving column is the only holder of a value, the value is
-- carried over first: target_audience into an empty target_audiences, cost_per_impression into a missing cpi_rate.
-- The backup remembers what was carried, so that the way back can undo it. Campaigns whose value could not be carried
-- are named in a warning: their value stands in the backup alone.

drop view if exists campaign_with_full_metrics;

-- No row may change between the copy and the drop: the copy would miss it. Writers wait for the length of this step.
lock table campaign_profile in access exclusive mode;

create table campaign_profile_duplicate_fields_backup as
select
  id, target_audience, cost_per_impression, video_completion_rate, quartile_metrics, frequency,
  marketing_efficiency_ratio, followers, campaign_package_id
from campaign_profile;

alter table campaign_profile_duplicate_fields_backup add primary key (id);

-- The backup remembers each column's default and nullability too; its types are the column's own. So the way back is exact
-- also on a database whose legacy columns were declared otherwise than ours.
do $$
declare
  c record;
begin
  for c in
    select legacy.attname, legacy.attnotnull, pg_get_expr(d.adbin, d.adrelid) as default_value
    from pg_attribute kept
    join pg_attribute legacy on legacy.attrelid = 'campaign_profile'::regclass and legacy.attname = kept.attname
    left join pg_attrdef d on d.adrelid = legacy.attrelid and d.adnum = legacy.attnum
    where kept.attrelid = 'campaign_profile_duplicate_fields_backup'::regclass and kept.attnum > 0 and kept.attname <> 'id'
  loop
    if c.default_value is not null then
      execute format('alter table campaign_profile_duplicate_fields_backup alter column %I set default %s', c.attname, c.default_value);
    end if;
    if c.attnotnull then
      execute format('alter table campaign_profile_duplicate_fields_backup alter column %I set not null', c.attname);
    end if;
  end loop;
end
$$;

-- What the carrying over replaced, and what it wrote; NULL where it did nothing.
alter table campaign_profile_duplicate_fields_backup
  add column previous_target_audiences text[],
  add column carried_target_audiences text[],
  add column carried_cpi_rate numeric;

-- Carrying over is no edit: the platform's own triggers (updated_at and the like) stay out of it.
alter table campaign_profile disable trigger user;

with empty as (
  select id, target_audiences
  from campaign_profile
  where coalesce(cardinality(target_audiences), 0) = 0
    and target_audience in ('tutor', 'student', 'parent', 'advertiser', 'user')
), carried as (
  update campaign_profile p
  set target_audiences = array[p.target_audience]
  from empty
  where empty.id = p.id
  returning p.id, empty.target_audiences as previous, p.target_audiences as carried
)
update campaign_profile_duplicate_fields_backup b
set previous_target_audiences = carried.previous, carried_target_audiences = carried.carried
from carried
where carried.id = b.id;

-- The bounds are those of cpi_rate, and leave out NaN, which is no price.
with carried as (
  update campaign_profile p
  set cpi_rate = p.cost_per_impression
  where p.cpi_rate is null and p.cost_per_impression > -1000000 and p.cost_per_impression < 1000000
  returning p.id, p.cpi_rate
)
update campaign_profile_duplicate_fields_backup b
set carried_cpi_rate = carried.cpi_rate
from carried
where carried.id = b.id;

alter table campaign_profile enable trigger user;

-- A warning for each value that is no word of the vocabulary or no usable price. Values beyond the first hundred, and ids
-- beyond the first fifty of a value, are found by asking the backup.
do $$
declare
  w record;
begin
  for w in
    select target_audience as value, count(*) as campaigns, (array_agg(id order by id))[1:50] as ids
    from campaign_profile_duplicate_fields_backup
    where target_audience not in ('tutor', 'student', 'parent', 'advertiser', 'user')
    group by target_audience
    order by target_audience collate "C"
    limit 100
  loop
    raise warning 'target_audience % is no word of the vocabulary: kept only in campaign_profile_duplicate_fields_backup, % in all: campaigns %',
      quote_literal(w.value), w.campaigns, array_to_string(w.ids, ', ') || case when w.campaigns > 50 then ' …' else '' end;
  end loop;
  for w in
    select b.cost_per_impression as value, count(*) as campaigns, (array_agg(b.id order by b.id))[1:50] as ids
    from campaign_profile_duplicate_fields_backup b
    join campaign_profile p on p.id = b.id
    where p.cpi_rate is null and b.cost_per_impression is not null
    group by b.cost_per_impression
    order by b.cost_per_impression
    limit 100
  loop
    raise warning 'cost_per_impression % does not fit cpi_rate: kept only in campaign_profile_duplicate_fields_backup, % in all: campaigns %',
      w.value, w.campaigns, array_to_string(w.ids, ', ') || case when w.campaigns > 50 then ' …' else '' end;
  end loop;
end
$$;

alter table campaign_profile
  drop column target_audience,
  drop column cost_per_impression,
  drop column video_completion_rate,
  drop column quartile_metrics,
  drop column frequency,
  drop column marketing_efficiency_ratio,
  drop column followers,
  drop column campaign_package_id;

-- The first version of the view, straight from the rows; impressions_delivered = impressions, as every one is billable.
-- viewer = user_id, else session_id; reach = distinct viewers, exact.
-- viewability_rate = viewable / impressions; click_through_rate = clicks / impressions;
-- conversion_rate = conversions / clicks; engagement_rate = total engagements / impressions.
-- Rates are fractions with 6 decimals; a zero denominator gives 0, never an error.
-- frequency = impressions / reach; followers = bookmarks; marketing_efficiency_ratio = conversions
-- / Σ (amount − refund_amount) of cycle and final_settlement invoices that are not draft or void.
create view campaign_with_full_metrics as
select
  p.*,
  i.impressions,
  i.impressions as impressions_delivered,
  i.reach,
  i.clicks,
  i.conversions,
  e.likes,
  e.shares,
  e.comments,
  e.saves,
  e.followers,
  coalesce(round(i.viewable::numeric / nullif(i.impressions, 0), 6), 0) as viewability_rate,
  coalesce(round(i.clicks::numeric / nullif(i.impressions, 0), 6), 0) as click_through_rate,
  coalesce(round(i.conversions::numeric / nullif(i.clicks, 0), 6), 0) as conversion_rate,
  coalesce(round(e.total::numeric / nullif(i.impressions, 0), 6), 0) as engagement_rate,
  -- how often a viewer saw it, on average
  coalesce(round(i.impressions::numeric / nullif(i.reach, 0), 6), 0) as frequency,
  -- conversions for each unit of money billed
  coalesce(round(i.conversions::numeric / nullif(b.billed, 0), 6), 0) as marketing_efficiency_ratio
from campaign_profile p
cross join lateral (
  select
    count(*) as impressions,
    count(*) filter (where is_viewable) as viewable,
    count(*) filter (where clicked) as clicks,
    count(*) filter (where converted) as conversions,
    -- a user and a session of the same number are two viewers
    count(distinct coalesce('user ' || user_id, 'session ' || session_id)) as reach
  from campaign_impressions
  where campaign_id = p.id
) i
cross join lateral (
  select
    likes_count as likes,
    shares_count as shares,
    comments_count as comments,
    saves_count as saves,
    bookmarks_count as followers,
    total_engagements as total
  from get_campaign_engagement_counts(p.id)
) e
cross join lateral (
  select sum(amount - coalesce(refund_amount, 0)) as billed
  from campaign_invoices
  where campaign_id = p.id
    and invoice_type in ('cycle', 'final_settlement')
    and status not in ('draft', 'void')
) b;
