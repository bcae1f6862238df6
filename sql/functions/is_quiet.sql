-- Whether these are quiet hours of a user, on the clock of their zone as it stands at that moment, daylight saving included.
create or replace function is_quiet(reader bigint, moment timestamptz) returns boolean
language sql stable
as $$
  select exists (
    select from notification_quiet_hours q, lateral (select (moment at time zone q.zone)::time as clock) c
    where q.user_id = reader and case when q.from_time < q.to_time
      then c.clock >= q.from_time and c.clock < q.to_time
      else c.clock >= q.from_time or c.clock < q.to_time end)
$$;
