-- Of settle_notifications: replies, likes of comments and mentions that are shown and in no notification yet.
create or replace function settle_people(notes notification_note[]) returns void
language sql set plan_cache_mode = force_custom_plan
as $$
  with fresh as (
    select distinct on (n.user_id, n.kind, n.source_id) n.user_id, n.kind, n.kind || ':' || n.comment_id as group_key,
      n.campaign_id, n.comment_id, n.source_id, s.in_app, s.webhook
    from unnest(notes) n
    join campaign_engagement e on e.id = n.source_id and e.user_id <> n.user_id
    left join comment_state c on c.comment_id = e.id
    cross join lateral notification_setting(n.user_id, n.kind, n.campaign_id) s
    where comment_is_shown(c.status) and s.wanted and not exists (
      select from notification_entry k where k.source_id = n.source_id and k.kind = n.kind and k.user_id = n.user_id)
  ), held as (
    insert into notification (user_id, kind, group_key, campaign_id, comment_id, in_app, webhook)
    select distinct on (user_id, group_key) user_id, kind, group_key, campaign_id, comment_id, in_app, webhook
    from fresh
    on conflict (user_id, group_key) where read_at is null do update set in_app = excluded.in_app, webhook = excluded.webhook
    returning id, user_id, group_key
  )
  insert into notification_entry (user_id, kind, source_id, notification_id)
  select f.user_id, f.kind, f.source_id, h.id from fresh f join held h using (user_id, group_key)
  on conflict do nothing
$$;
