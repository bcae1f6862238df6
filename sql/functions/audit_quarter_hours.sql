-- impression_quarter_hourly of one campaign against a recount. A cell of zeros is none.
create or replace function audit_quarter_hours(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'impression_quarter_hourly',
    concat_ws(' ', coalesce(q.quarter_hour, t.quarter_hour), coalesce(q.placement, t.placement),
      coalesce(q.audience, t.audience), coalesce(q.region, t.region), coalesce(q.device_type, t.device_type),
      coalesce(q.location, t.location), coalesce(q.traffic_class, t.traffic_class)),
    to_jsonb(q)::text, to_jsonb(t)::text
  from impression_quarter_hourly_from_raw(campaign) t
  full join (
    select * from impression_quarter_hourly
    where campaign_id = campaign and (impressions, viewable, clicks, conversions, spend) <> (0, 0, 0, 0, 0)
  ) q on (q.quarter_hour, q.placement, q.audience, q.region, q.device_type, q.location, q.traffic_class)
    = (t.quarter_hour, t.placement, t.audience, t.region, t.device_type, t.location, t.traffic_class)
  where to_jsonb(q) is distinct from to_jsonb(t)
$$;
