-- What the metrics of a campaign are for its invalid traffic, or all of it, in place of the valid alone. Engagement and
-- money know no traffic: nothing invalid is charged.
create or replace function traffic_document(campaign bigint, of_traffic text) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'impressions', t.impressions, 'impressionsDelivered', t.impressions, 'viewable', t.viewable, 'clicks', t.clicks,
    'conversions', t.conversions, 'reach', r.reach,
    'frequency', coalesce(round(t.impressions::numeric / nullif(r.reach, 0), 6), 0),
    'viewabilityRate', coalesce(round(t.viewable::numeric / nullif(t.impressions, 0), 6), 0),
    'clickThroughRate', coalesce(round(t.clicks::numeric / nullif(t.impressions, 0), 6), 0),
    'conversionRate', coalesce(round(t.conversions::numeric / nullif(t.clicks, 0), 6), 0))
  from campaign_traffic_counts(campaign) t, campaign_traffic_reach(campaign, of_traffic) r (reach)
  where t.traffic = of_traffic
$$;
