-- Somebody is about to open the stream of this user for the first time: from here on its events are logged. What came
-- before is in the list.
create or replace function wake_user(reader bigint) returns void
language plpgsql
as $$
begin
  if exists (select from live_stream where stream = user_stream(reader) and not dormant)
    and exists (select from notification_user where user_id = reader) then
    return;
  end if;
  perform lock_users(array[reader]);
  update live_stream set dormant = false where stream = user_stream(reader) and dormant;
  perform tell_unread(array[reader], '{}', '{}', '{}');
end
$$;
