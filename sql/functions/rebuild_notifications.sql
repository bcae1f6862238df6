-- Counts the lists of these users anew and publishes what was wrong. What a notification is about is a fact of its own and
-- is neither made nor dropped; what waits to be settled waits on.
create or replace function rebuild_notifications(users bigint[]) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  if cardinality(users) = 0 then return; end if;
  perform lock_users(users);
  perform settle_engagement(array(
    select row(0, n.user_id, 'engagement', null, null, null, null, array_agg(n.campaign_id), null, now())::notification_note
    from notification n where n.user_id = any (users) and n.kind = 'engagement' and n.read_at is null group by n.user_id));
  perform recount_notifications(array(
    select id from notification where user_id = any (users) and kind in ('reply', 'mention', 'comment_liked')));
  delete from notification n where n.user_id = any (users) and is_withdrawn(n.kind, n.comment_id);
  update notification set told = count where user_id = any (users) and told <> count;
  perform tell_unread(users, '{}', '{}', '{}');
end
$$;
