-- Comments whose status changed, whoever changed it: kept in the history, counted, announced.
--   shown → not shown   comment:removed with the tombstone
--   not shown → shown   comment:restored, or comment:created if nobody has seen it yet
-- A move between two statuses that are both shown, or both not, is nobody's event.
create or replace function apply_comment_moves(moves comment_move[]) returns void
language plpgsql
as $$
declare
  seen_before bigint[];
  changes engagement_change[];
  touched text[];
  streams text[];
  names text[];
  payloads jsonb[];
begin
  seen_before := array(
    select h.comment_id from comment_status_change h
    where h.comment_id in (select comment_id from unnest(moves))
      and (h.was is not null and comment_is_shown(h.was) or comment_is_shown(h.status)));
  insert into comment_status_change (comment_id, was, status, by, reason)
  select comment_id, was, status, by, reason from unnest(moves);

  changes := array(
    select row(case when comment_is_shown(m.status) then 1 else -1 end, e.id, e.campaign_id, e.engagement_type,
      e.parent_comment_id, true, e.created_at)::engagement_change
    from unnest(moves) m
    join campaign_engagement e on e.id = m.comment_id and e.engagement_type = 'comment'
    where m.was is not null and comment_is_shown(m.was) <> comment_is_shown(m.status));
  if cardinality(changes) = 0 then return; end if;

  touched := apply_engagement_changes(changes);
  select array_agg(campaign_stream(d.campaign_id) order by d.id),
    array_agg(case when x.sign < 0 then 'comment:removed' when d.id = any (seen_before) then 'comment:restored'
      else 'comment:created' end order by d.id),
    array_agg(d.document order by d.id)
  into streams, names, payloads
  from unnest(changes) x join comment_documents d on d.id = x.id;

  -- What is shown for the first time is new to the owner too.
  select coalesce(streams, '{}') || array_agg(advertiser_stream(e.campaign_id) order by e.id),
    coalesce(names, '{}') || array_agg('engagement:created'::text),
    coalesce(payloads, '{}') || array_agg(engagement_document(e) order by e.id)
  into streams, names, payloads
  from unnest(changes) x join campaign_engagement e on e.id = x.id
  join live_stream s on s.stream = advertiser_stream(e.campaign_id) and not s.dormant
  where x.sign > 0 and x.id <> all (seen_before);
  perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
  if exists (select from webhook_endpoint w where w.deleted_at is null and w.disabled_at is null
    and (w.events = '{}' or 'engagement:created' = any (w.events))) then
    perform tell_webhooks_of_engagement(array(select id from unnest(changes) where sign > 0 and id <> all (seen_before)));
  end if;
end
$$;
