-- Marks notifications of a user as read, or puts them away: those named, or (null) all of the list that changed last up to
-- `upto`; what only the digest has stays unread for it.
-- Everything that was committed before is in the list first. Answers how many are unread now.
create or replace function read_notifications(reader bigint, ids bigint[], upto timestamptz, away boolean) returns bigint
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  perform settle_notifications(array[reader], 100000);
  perform lock_users(array[reader]);
  perform put_aside(array(
    select n.id from notification n
    where n.user_id = reader and n.count > 0 and n.archived_at is null and (away or n.read_at is null)
      and (ids is null and n.in_app or n.id = any (ids))
      and (read_notifications.upto is null or n.updated_at <= read_notifications.upto)), away);
  perform tell_unread(array[reader], '{}', '{}', '{}');
  return (select unread from notification_user where user_id = reader);
end
$$;
