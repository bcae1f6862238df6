-- What became of each user's flags, from the flags alone; users without a settled flag are left out.
create or replace function flagger_records_from_raw() returns table (user_id bigint, agreed integer, disagreed integer)
language sql stable
as $$
  select user_id, (count(*) filter (where outcome = 'agreed'))::integer, (count(*) filter (where outcome = 'disagreed'))::integer
  from comment_flag where outcome in ('agreed', 'disagreed') group by user_id
$$;
