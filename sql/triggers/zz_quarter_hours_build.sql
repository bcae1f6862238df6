-- Builds impression_quarter_hourly where it is younger than the impressions; after zz_first_build nothing is left to do.
do $$
begin
  perform lock_streams(array(
    select campaign_stream(p.id) from campaign_profile p
    where exists (select from campaign_impressions i where i.campaign_id = p.id) order by 1));
  perform recount_quarter_hours(p.id) from campaign_profile p
  where exists (select from campaign_impressions i where i.campaign_id = p.id)
    and not exists (select from impression_quarter_hourly q where q.campaign_id = p.id);
end
$$;
