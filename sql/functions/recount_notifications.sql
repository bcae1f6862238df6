-- Counts these notifications about people anew, and drops those of which nothing is left to come back. The caller holds
-- their users' streams.
create or replace function recount_notifications(notifications bigint[]) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  if cardinality(notifications) = 0 then return; end if;
  delete from notification_entry k
  where k.notification_id = any (notifications)
    and not exists (select from campaign_engagement e where e.id = k.source_id);
  delete from notification n
  where n.id = any (notifications) and n.kind in ('reply', 'mention', 'comment_liked')
    and not exists (select from notification_entry k where k.notification_id = n.id);
  update notification n
  set count = c.people, updated_at = case when c.people > n.count then clock_timestamp() else n.updated_at end
  from (
    select i.id, count(distinct s.user_id) as people
    from unnest(notifications) i (id) left join notification_sources(notifications) s on s.notification_id = i.id
    group by i.id
  ) c
  where n.id = c.id and n.count <> c.people and n.kind in ('reply', 'mention', 'comment_liked');
end
$$;
