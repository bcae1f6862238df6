-- Settles users who have notes, each at most once a second, so that a row which grows all the time is told once a second;
-- answers how many notes were taken. One caller at a time.
create or replace function due_notifications(most_users integer) returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  due bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtext('due_notifications')) then return 0; end if;
  with recursive pending as (
    (select user_id, 1 as n from notification_note order by user_id limit 1)
    union all
    select (select o.user_id from notification_note o where o.user_id > p.user_id order by o.user_id limit 1), p.n + 1
    from pending p where p.user_id is not null and p.n < 10000
  )
  select array(
    select p.user_id from pending p left join notification_user u using (user_id)
    where p.user_id is not null and coalesce(u.settled_at < clock_timestamp() - interval '1 second', true)
    order by u.settled_at nulls first limit most_users) into due;
  return settle_notifications(due);
end
$$;
