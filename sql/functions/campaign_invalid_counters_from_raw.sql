-- What campaign_invalid_counters has to hold for a campaign, from the raw rows and their verdicts.
create or replace function campaign_invalid_counters_from_raw(campaign bigint) returns setof campaign_invalid_counters
language sql stable
as $$
  select campaign, v.class, count(*), count(*) filter (where r.is_viewable), count(*) filter (where r.clicked),
    count(*) filter (where r.converted)
  from campaign_impressions r join impression_verdict v on v.impression_id = r.id
  where r.campaign_id = campaign
  group by 2
$$;
