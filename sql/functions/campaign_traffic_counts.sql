-- A campaign's counts by traffic, from the projections in constant time: `valid` is what every other count means, `invalid`
-- has a verdict, `all` is both together.
create or replace function campaign_traffic_counts(campaign bigint)
returns table (traffic text, impressions bigint, viewable bigint, clicks bigint, conversions bigint)
language sql stable rows 3
as $$
  select t.traffic, sum(c.impressions)::bigint, sum(c.viewable)::bigint, sum(c.clicks)::bigint, sum(c.conversions)::bigint
  from (
    select 'valid' as kind, k.impressions, k.viewable, k.clicks, k.conversions
    from campaign_counters k where k.campaign_id = campaign
    union all
    select 'invalid', k.impressions, k.viewable, k.clicks, k.conversions
    from campaign_invalid_counters k where k.campaign_id = campaign
    union all select 'valid', 0, 0, 0, 0
    union all select 'invalid', 0, 0, 0, 0
  ) c
  join (values ('valid', 'valid'), ('invalid', 'invalid'), ('all', 'valid'), ('all', 'invalid')) t (traffic, kind) using (kind)
  group by t.traffic
$$;
