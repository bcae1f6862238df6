-- For each impression of a campaign: its flag as it is stored and as it is read (null is false), and whether it is its
-- viewer's first valid one, ever.
drop function if exists first_impressions(bigint);
create or replace function first_impressions(campaign bigint)
returns table (id bigint, stored boolean, flagged boolean, is_first boolean, valid boolean)
language sql stable
as $$
  select r.id, r.is_unique_impression, coalesce(r.is_unique_impression, false),
    v.impression_id is null and row_number() over (
      partition by impression_viewer(r.user_id, r.session_id), v.impression_id is null order by r.id) = 1,
    v.impression_id is null
  from campaign_impressions r left join impression_verdict v on v.impression_id = r.id
  where r.campaign_id = campaign
$$;
