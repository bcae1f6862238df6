-- Of settle_notifications: what happened once. Several of one subject are one notification, with the data of the last. What
-- is withdrawn by now (is_withdrawn) is not told.
create or replace function settle_facts(notes notification_note[]) returns void
language sql set plan_cache_mode = force_custom_plan
as $$
  insert into notification as k (user_id, kind, group_key, campaign_id, comment_id, count, data, in_app, webhook)
  select f.user_id, f.kind, f.group_key, f.campaign_id, f.comment_id, f.facts, f.data, s.in_app, s.webhook
  from (
    select n.user_id, n.kind, n.group_key, max(n.campaign_id) as campaign_id, max(n.comment_id) as comment_id, count(*) as facts,
      (array_agg(coalesce(n.data, '{}') order by n.id desc))[1] as data
    from unnest(notes) n where n.group_key is not null group by 1, 2, 3
  ) f cross join lateral notification_setting(f.user_id, f.kind, f.campaign_id) s
  where s.wanted and not is_withdrawn(f.kind, f.comment_id)
  on conflict (user_id, group_key) where read_at is null do update
  set count = k.count + excluded.count, data = excluded.data, in_app = excluded.in_app,
  webhook = excluded.webhook, updated_at = clock_timestamp()
$$;
