-- What impression_quarter_hourly has to hold for a campaign, from the raw rows and their verdicts alone.
create or replace function impression_quarter_hourly_from_raw(campaign bigint) returns setof impression_quarter_hourly
language sql stable
as $$
  select campaign, quarter_hour_of(r.created_at), coalesce(r.placement, ''), coalesce(r.audience, ''),
    coalesce(r.region, ''), coalesce(r.device_type, ''), coalesce(r.location, ''), coalesce(v.class, 'valid'),
    count(*), count(*) filter (where r.is_viewable), count(*) filter (where r.clicked),
    count(*) filter (where r.converted),
    coalesce(sum(r.cpi_rate) filter (where v.impression_id is null), 0)::numeric(20, 6)
  from campaign_impressions r left join impression_verdict v on v.impression_id = r.id
  where r.campaign_id = campaign
  group by 2, 3, 4, 5, 6, 7, 8
$$;
