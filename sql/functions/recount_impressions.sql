-- campaign_viewers and impression_hourly of one campaign, from the raw rows.
create or replace function recount_impressions(campaign bigint) returns void
language plpgsql
as $$
begin
  delete from campaign_viewers where campaign_id = campaign;
  insert into campaign_viewers (campaign_id, viewer, impressions)
  select campaign, impression_viewer(user_id, session_id), count(*)
  from campaign_impressions r
  where r.campaign_id = campaign and not exists (select from impression_verdict v where v.impression_id = r.id)
  group by 2;

  delete from impression_hourly where campaign_id = campaign;
  insert into impression_hourly
  select campaign, date_trunc('hour', created_at, 'UTC'), coalesce(placement, ''), coalesce(audience, ''),
    coalesce(region, ''), coalesce(device_type, ''), count(*), count(*) filter (where is_viewable),
    count(*) filter (where clicked), count(*) filter (where converted),
    count(*) filter (where is_unique_impression), coalesce(sum(cpi_rate), 0)
  from campaign_impressions r
  where r.campaign_id = campaign and not exists (select from impression_verdict v where v.impression_id = r.id)
  group by 2, 3, 4, 5, 6;
end
$$;
