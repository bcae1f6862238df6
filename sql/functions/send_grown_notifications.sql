-- Sends what grew again since it was sent last, longer than `every` ago. Answers how many messages were made. One caller at a
-- time.
create or replace function send_grown_notifications(most_users integer, every interval default '1 minute') returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  users bigint[];
begin
  if not pg_try_advisory_xact_lock(hashtext('send_grown_notifications')) then return 0; end if;
  users := array(
    select distinct d.user_id from (
      select n.user_id from notification n
      where n.webhook and n.read_at is null and n.sent <> n.count and n.sent_at <= clock_timestamp() - every
      order by n.sent_at limit most_users) d);
  if cardinality(users) = 0 then return 0; end if;
  perform lock_users(users);
  return send_notifications(users, every);
end
$$;
