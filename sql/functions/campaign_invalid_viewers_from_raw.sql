-- What campaign_invalid_viewers has to hold for a campaign, from the raw rows and their verdicts.
create or replace function campaign_invalid_viewers_from_raw(campaign bigint) returns setof campaign_invalid_viewers
language sql stable
as $$
  select campaign, impression_viewer(r.user_id, r.session_id), count(*)
  from campaign_impressions r join impression_verdict v on v.impression_id = r.id
  where r.campaign_id = campaign
  group by 2
$$;
