-- How many flags comments of a campaign were given from `since` on and before `until`, by the flags' own times.
create or replace function flag_count(campaign bigint, since timestamptz, until timestamptz) returns bigint
language sql stable
as $$
  select count(*)
  from comment_flag f join campaign_engagement e on e.id = f.comment_id
  where f.created_at >= since and f.created_at < until and e.campaign_id = campaign
$$;
