-- Sets the unread counts of these users to what their lists hold, and publishes them with these events of their streams.
-- The caller holds the streams.
create or replace function tell_unread(users bigint[], streams text[], names text[], payloads jsonb[]) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  moved text[];
begin
  with counted as (
    select u.id, count(n.id) as unread
    from (select distinct id from unnest(users) id) u
    left join notification n on n.user_id = u.id and n.read_at is null and n.in_app and n.count > 0
    group by u.id
  ), kept as (
    insert into notification_user as k (user_id, unread, version)
    select c.id, c.unread, s.version + 1 from counted c join live_stream s on s.stream = user_stream(c.id)
    on conflict (user_id) do update set unread = excluded.unread, version = excluded.version
    where k.unread <> excluded.unread
    returning user_id
  )
  select array_agg(user_stream(user_id)) into moved from kept;
  if moved is null and cardinality(streams) = 0 then return; end if;
  perform publish(array(select distinct s from unnest(moved || streams) s where s is not null order by 1), streams, names, payloads);
end
$$;
