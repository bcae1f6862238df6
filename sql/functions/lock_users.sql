-- Locks the streams of these users. One that nobody ever opened is made dormant: nothing is logged there. Nothing else is
-- locked after it, and no trigger of a writer comes for it: lists are made of notes by settle_notifications alone.
create or replace function lock_users(users bigint[]) returns void
language plpgsql
as $$
begin
  perform lock_tables();
  insert into live_stream (stream, dormant)
  select distinct user_stream(u), true from unnest(users) u order by 1 on conflict do nothing;
  perform lock_streams(array(select distinct user_stream(u) from unnest(users) u));
end
$$;
