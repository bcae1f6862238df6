-- Marks these notifications as read, or puts them away; of engagement that was unread it is kept up to where it was read.
-- The caller holds their users' streams, and tells the unread counts (tell_unread).
create or replace function put_aside(notifications bigint[], away boolean) returns void
language sql set plan_cache_mode = force_custom_plan
as $$
  with chosen as (
    select n.id, n.read_at from notification n
    where n.id = any (notifications) and n.archived_at is null and (away or n.read_at is null)
  ), marked as (
    update notification n
    set read_at = coalesce(n.read_at, clock_timestamp()), archived_at = case when away then clock_timestamp() end
    from chosen c where n.id = c.id
    returning n.user_id, n.campaign_id, n.upto, c.read_at is null as is_news
  )
  insert into notification_mark (user_id, campaign_id, seen)
  select m.user_id, m.campaign_id, m.upto from marked m
  where m.is_news and m.upto is not null and exists (select from campaign_profile p where p.id = m.campaign_id)
  on conflict (campaign_id, user_id) do update set seen = excluded.seen
$$;
