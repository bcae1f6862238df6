-- Whether the first row of this user is younger than so many hours; with 0 nobody is new.
create or replace function is_new_flagger(flagger bigint, new_hours integer) returns boolean
language sql stable
as $$
  select new_hours > 0 and not exists (
      select from campaign_engagement
      where user_id = flagger and created_at <= now() - make_interval(hours => new_hours))
    and not exists (
      select from comment_flag where user_id = flagger and created_at <= now() - make_interval(hours => new_hours))
$$;
