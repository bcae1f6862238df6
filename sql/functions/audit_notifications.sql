-- Lists against a recount, of users of whom no note is waiting: counts of people and of engagement from the rows they
-- stand for, and the unread count from the list. (A note and its cause are one transaction, so in any snapshot both are
-- there or neither.)
create or replace function audit_notifications()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  with settled as (
    select n.* from notification n where not exists (select from notification_note w where w.user_id = n.user_id)
  )
  select 'notification', n.id::text, n.count::text, c.people::text
  from (select * from settled where kind in ('reply', 'mention', 'comment_liked')) n
  cross join lateral (select count(distinct s.user_id) as people from notification_sources(array[n.id]) s) c
  where n.count <> c.people
  union all
  select 'notification', n.id::text, n.count::text, g.count::text
  from (select * from settled where kind = 'engagement' and read_at is null) n
  cross join lateral engagement_growth(n.campaign_id, n.user_id) g
  where n.count <> g.count
  union all
  select 'notification', n.id::text, n.count::text, '0'
  from settled n where n.kind in ('comment_approved', 'comment_restored') and is_withdrawn(n.kind, n.comment_id)
  union all
  select 'notification_user', coalesce(u.user_id, t.user_id)::text, u.unread::text, t.unread::text
  from (
    select user_id, count(*) as unread from settled where read_at is null and in_app and count > 0 group by 1
  ) t
  full join (
    select * from notification_user u where not exists (select from notification_note w where w.user_id = u.user_id)
  ) u using (user_id)
  where coalesce(u.unread, 0) <> coalesce(t.unread, 0)
  union all
  select 'notification_user', u.user_id::text, format('version %s', u.version), format('version %s', s.version)
  from notification_user u left join live_stream s on s.stream = user_stream(u.user_id)
  where s.version is null or u.version > s.version
$$;
