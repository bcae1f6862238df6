-- What moderation counts over all campaigns, against a recount; items and claims that stand beside no comment; and the
-- chain of the log.
create or replace function audit_desk()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'moderation_queue', coalesce(q.queue, t.queue), q.items::text, t.items::text
  from (
    select name as queue, (select count(*) from moderation_item i where i.queue = name) as items
    from unnest(array['reported', 'pending', 'approved', 'rejected']) name
  ) t full join moderation_queue q on q.queue = t.queue
  where q.items is distinct from t.items
  union all
  select 'flagger_record', coalesce(r.user_id, t.user_id)::text,
    format('agreed %s, disagreed %s', r.agreed, r.disagreed), format('agreed %s, disagreed %s', t.agreed, t.disagreed)
  from flagger_records_from_raw() t full join flagger_record r on r.user_id = t.user_id
  where (coalesce(r.agreed, 0), coalesce(r.disagreed, 0)) <> (coalesce(t.agreed, 0), coalesce(t.disagreed, 0))
  union all
  select 'moderation_item', i.comment_id::text, i.queue, null
  from moderation_item i where not exists (select from campaign_engagement e where e.id = i.comment_id)
  union all
  select 'moderation_claim', c.comment_id::text, format('claimed by %s', c.moderator_id), null
  from moderation_claim c where not exists (select from campaign_engagement e where e.id = c.comment_id)
  union all
  select a.projection, a.key, a.stored, a.counted from audit_moderation_log() a
$$;
