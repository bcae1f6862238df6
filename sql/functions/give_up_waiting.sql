-- Later events whose impression has not come within seven days stop waiting; their ids stay taken. At most so many at a
-- time; answers how many. Callers on several nodes do not wait for each other.
create or replace function give_up_waiting(most integer) returns bigint
language sql
as $$
  with gone as (
    update impression_event set impression_event_id = null
    where event_id in (
      select event_id from impression_event
      where impression_id is null and impression_event_id is not null and received_at <= now() - interval '7 days'
      order by received_at limit most for update skip locked)
    returning 1
  )
  select count(*) from gone
$$;
