-- Engagement that went away, whoever deleted it: uncounted, taken out of its thread, announced.
create or replace function engagement_deleted() returns trigger
language plpgsql
as $$
declare
  changes engagement_change[];
  touched text[];
  streams text[];
  names text[];
  payloads jsonb[];
begin
  -- A status is read under the lock: whoever changes it meanwhile has counted that, or will not find the comment.
  if exists (select from deleted where engagement_type = 'comment') then
    perform lock_streams(array(select distinct campaign_stream(campaign_id) from deleted));
  end if;
  changes := array(
    select row(-1, d.id, d.campaign_id, d.engagement_type, d.parent_comment_id, comment_is_shown(s.status), d.created_at)
    from deleted d
    left join comment_state s on s.comment_id = d.id and d.engagement_type = 'comment');
  if cardinality(changes) = 0 then return null; end if;

  touched := apply_engagement_changes(changes);

  select array_agg(campaign_stream(d.campaign_id) order by d.id desc), array_agg('comment:removed'::text order by d.id desc),
    array_agg(tombstone_document(row(d.*)::campaign_engagement, s, c.depth, p.name) order by d.id desc)
  into streams, names, payloads
  from deleted d
  join comment_counters c on c.comment_id = d.id
  left join comment_state s on s.comment_id = d.id
  left join person p on p.user_id = d.user_id
  where d.engagement_type = 'comment' and comment_is_shown(s.status);

  perform refresh_moderation_items(array(select i.comment_id from deleted d join moderation_item i on i.comment_id = d.id));
  -- Also of a comment that was in no queue.
  delete from moderation_claim c using deleted d where c.comment_id = d.id;
  delete from comment_counters where comment_id in (select id from deleted where engagement_type = 'comment');
  delete from comment_state where comment_id in (select id from deleted where engagement_type = 'comment');
  perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
  return null;
end
$$;

drop trigger if exists engagement_deleted on campaign_engagement;
create trigger engagement_deleted after delete on campaign_engagement
referencing old table as deleted
for each statement execute function engagement_deleted();
