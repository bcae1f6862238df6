-- A user opens their own stream: it exists from then on, or from the first event that is told on it.
create or replace function open_user_stream(person bigint) returns void
language sql
as $$
  insert into live_stream (stream) select user_stream(person)
  where not exists (select from live_stream where stream = user_stream(person)) on conflict do nothing
$$;
