-- Puts away what nobody read and what did not change for so many days, the oldest first, at most `most`: how many. They go
-- with what was read (expire_notifications).
create or replace function put_away_forgotten(days integer, most integer) returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  before timestamptz := now() - make_interval(days => days);
  users bigint[];
  forgotten bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtext('put_away_forgotten')) then return 0; end if;
  users := array(
    select distinct o.user_id from (
      select n.user_id from notification n where n.read_at is null and n.updated_at < before order by n.updated_at limit most) o);
  if cardinality(users) = 0 then return 0; end if;
  perform lock_users(users);
  forgotten := array(
    select n.id from notification n
    where n.read_at is null and n.updated_at < before and n.user_id = any (users) order by n.updated_at limit most);
  perform put_aside(forgotten, true);
  perform tell_unread(users, '{}', '{}', '{}');
  return cardinality(forgotten);
end
$$;
