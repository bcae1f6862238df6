-- What campaign_viewers has to hold for a campaign, from the raw rows alone.
create or replace function campaign_viewers_from_raw(campaign bigint) returns setof campaign_viewers
language sql stable
as $$
  select campaign, impression_viewer(r.user_id, r.session_id), count(*)
  from campaign_impressions r
  where r.campaign_id = campaign and not exists (select from impression_verdict v where v.impression_id = r.id)
  group by 2
$$;
