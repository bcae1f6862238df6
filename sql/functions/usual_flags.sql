-- How many flags a window of so many minutes usually has: the mean of the equal windows of the seven days before it. At
-- least one, so that the first flag of a quiet campaign is not infinitely many times the usual.
create or replace function usual_flags(campaign bigint, window_minutes integer) returns numeric
language sql stable
as $$
  select greatest(1, flag_count(campaign, begins - interval '7 days', begins) * window_minutes / 10080.0)
  from (select now() - make_interval(mins => window_minutes) as begins) w
$$;
