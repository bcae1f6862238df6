-- For each impression of a campaign: what its flag says, and whether it is its viewer's first valid one, ever.
create or replace function first_impressions(campaign bigint)
returns table (id bigint, flagged boolean, is_first boolean, valid boolean)
language sql stable
as $$
  select r.id, coalesce(r.is_unique_impression, false),
    v.impression_id is null and row_number() over (
      partition by impression_viewer(r.user_id, r.session_id), v.impression_id is null order by r.id) = 1,
    v.impression_id is null
  from campaign_impressions r left join impression_verdict v on v.impression_id = r.id
  where r.campaign_id = campaign
$$;
