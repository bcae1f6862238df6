-- Rows of the side tables that stand beside nothing, and so belong to no campaign whose audit would find them.
create or replace function audit_orphans()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'comment_state', s.comment_id::text, s.status, null
  from comment_state s where not exists (select from campaign_engagement e where e.id = s.comment_id)
  union all
  select 'impression_verdict', v.impression_id::text, v.class, null
  from impression_verdict v where not exists (select from campaign_impressions r where r.id = v.impression_id)
  union all
  select 'share_channel', c.share_id::text, c.channel, null
  from share_channel c where not exists (select from campaign_engagement e where e.id = c.share_id)
  union all
  select 'impression_event', e.event_id::text, format('%s of impression %s', e.type, coalesce(e.impression_id::text, '?')), null
  from impression_event e
  where (e.impression_id is not null or e.type = 'impression' and e.gone_impression_id is null)
    and not exists (select from campaign_impressions r where r.id = e.impression_id)
  union all
  select n.projection, n.key, n.stored, n.counted from audit_notifications() n
$$;
