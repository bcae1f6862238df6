-- Every milestone that a campaign has passed by what its counters say now:
--   10, 100, 1,000 … of each count; 10, 50 and 100 percent of plan (impressions planned) and budget (impressions × rate)
create or replace function milestones_of(campaign bigint) returns table (metric text, value bigint)
language sql stable rows 20
as $$
  select n.metric, (10::numeric ^ k)::bigint
  from campaign_counters c, lateral (values ('likes', c.likes), ('shares', c.shares), ('comments', c.comments),
    ('saves', c.saves), ('bookmarks', c.bookmarks), ('impressions', c.impressions), ('viewable', c.viewable),
    ('clicks', c.clicks), ('conversions', c.conversions), ('reach', c.reach)) n (metric, count),
    generate_series(1, length(n.count::text) - 1) k
  where c.campaign_id = campaign
  union all
  select m.metric, m.percent
  from campaign_profile p join campaign_counters c on c.campaign_id = p.id
  cross join lateral (
    select 'plan', percent from unnest(array[10, 50, 100]) percent
    where p.total_impressions_planned > 0 and c.impressions * 100.0 >= p.total_impressions_planned::numeric * percent
    union all
    select 'budget', percent from unnest(array[10, 50, 100]) percent
    where p.campaign_budget > 0 and c.impressions * coalesce(p.cpi_rate, 0) * 100 >= p.campaign_budget * percent
  ) m (metric, percent)
  where p.id = campaign
$$;
