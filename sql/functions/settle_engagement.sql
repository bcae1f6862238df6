-- Of settle_notifications: by how much a campaign's engagement grew, one row a campaign while it is unread. What grows
-- while it is switched off is nobody's news later.
create or replace function settle_engagement(notes notification_note[]) returns void
language sql set plan_cache_mode = force_custom_plan
as $$
  with moved as (
    select w.user_id, w.campaign_id, g.count, g.data, g.upto, s.in_app, s.webhook, s.wanted
    from (
      select distinct n.user_id, c.campaign_id from unnest(notes) n, unnest(n.campaigns) c (campaign_id) where n.kind = 'engagement'
    ) w
    cross join lateral engagement_growth(w.campaign_id, w.user_id) g
    cross join lateral notification_setting(w.user_id, 'engagement', w.campaign_id) s
    where g.upto is not null
  ), ignored as (
    insert into notification_mark (user_id, campaign_id, seen)
    select user_id, campaign_id, upto from moved where not wanted
    on conflict (campaign_id, user_id) do update set seen = excluded.seen
  )
  insert into notification as n (user_id, kind, group_key, campaign_id, count, data, upto, in_app, webhook)
  select user_id, 'engagement', 'engagement:' || campaign_id, campaign_id, count, data, upto, in_app, webhook
  from moved m
  where m.wanted and (m.count > 0 or exists (
    select from notification k
    where k.user_id = m.user_id and k.group_key = 'engagement:' || m.campaign_id and k.read_at is null))
  on conflict (user_id, group_key) where read_at is null do update
  set count = excluded.count, data = excluded.data, upto = excluded.upto, in_app = excluded.in_app,
  webhook = excluded.webhook,
    updated_at = case when excluded.count > n.count then clock_timestamp() else n.updated_at end
$$;
