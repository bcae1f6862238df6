-- Marks notifications of a user as read, or puts them away: those named, or (null) all that changed last up to `upto`.
-- Everything that was committed before is in the list first. Answers how many are unread now.
create or replace function read_notifications(reader bigint, ids bigint[], upto timestamptz, away boolean) returns bigint
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  perform settle_notifications(array[reader], 100000);
  perform lock_users(array[reader]);
  with chosen as (
    select n.id, n.read_at from notification n
    where n.user_id = reader and n.count > 0 and n.archived_at is null and (away or n.read_at is null)
      and (ids is null or n.id = any (ids)) and (read_notifications.upto is null or n.updated_at <= read_notifications.upto)
  ), marked as (
    update notification n
    set read_at = coalesce(n.read_at, clock_timestamp()), archived_at = case when away then clock_timestamp() end
    from chosen c where n.id = c.id
    returning n.user_id, n.campaign_id, n.upto, c.read_at is null as is_news
  )
  insert into notification_mark (user_id, campaign_id, seen)
  select m.user_id, m.campaign_id, m.upto from marked m
  where m.is_news and m.upto is not null and exists (select from campaign_profile p where p.id = m.campaign_id)
  on conflict (campaign_id, user_id) do update set seen = excluded.seen;
  perform tell_unread(array[reader], '{}', '{}', '{}');
  return (select unread from notification_user where user_id = reader);
end
$$;
