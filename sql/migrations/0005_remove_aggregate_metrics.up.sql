-- 0005, step 4 of the clean-up: stored aggregates leave the campaign, a view counts them; campaign_profile 66 → 54 columns.
--
-- For the operator: the twelve values of every campaign, stale as they are, are kept in campaign_profile_metrics_backup,
-- from which `migrate down --to 0004` gives them back. Dropping that table is the point of no return.

-- No row may change between the copy and the drop: the copy would miss it. Writers wait for the length of this step.
lock table campaign_profile in access exclusive mode;

create table campaign_profile_metrics_backup as
select
  id, impressions, viewability_rate, click_through_rate, conversions, conversion_rate, engagement_rate, reach,
  impressions_delivered, impressions_charged, likes, shares, comments
from campaign_profile;

alter table campaign_profile_metrics_backup add primary key (id);

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
    where kept.attrelid = 'campaign_profile_metrics_backup'::regclass and kept.attnum > 0 and kept.attname <> 'id'
  loop
    if c.default_value is not null then
      execute format('alter table campaign_profile_metrics_backup alter column %I set default %s', c.attname, c.default_value);
    end if;
    if c.attnotnull then
      execute format('alter table campaign_profile_metrics_backup alter column %I set not null', c.attname);
    end if;
  end loop;
end
$$;

alter table campaign_profile
  drop column impressions,
  drop column viewability_rate,
  drop column click_through_rate,
  drop column conversions,
  drop column conversion_rate,
  drop column engagement_rate,
  drop column reach,
  drop column impressions_delivered,
  drop column impressions_charged,
  drop column likes,
  drop column shares,
  drop column comments;

-- The first version of the view, straight from the rows; impressions_delivered = impressions, as every one is billable.
-- The profile still holds followers, frequency and marketing_efficiency_ratio; 0006 computes them.
-- viewer = user_id, else session_id; reach = distinct viewers, exact.
-- viewability_rate = viewable / impressions; click_through_rate = clicks / impressions;
-- conversion_rate = conversions / clicks; engagement_rate = total engagements / impressions.
-- Rates are fractions with 6 decimals; a zero denominator gives 0, never an error.
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
  coalesce(round(i.viewable::numeric / nullif(i.impressions, 0), 6), 0) as viewability_rate,
  coalesce(round(i.clicks::numeric / nullif(i.impressions, 0), 6), 0) as click_through_rate,
  coalesce(round(i.conversions::numeric / nullif(i.clicks, 0), 6), 0) as conversion_rate,
  coalesce(round(e.total::numeric / nullif(i.impressions, 0), 6), 0) as engagement_rate
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
) e;
