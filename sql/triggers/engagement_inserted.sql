-- New engagement, whoever wrote it: counted, placed in its thread, announced.
create or replace function engagement_inserted() returns trigger
language plpgsql
as $$
declare
  changes engagement_change[];
  touched text[];
  streams text[];
  names text[];
  payloads jsonb[];
  threaded boolean; -- is anything of this about comments? Mostly it is likes, and they go the short way
begin
  select bool_or(engagement_type = 'comment' or parent_comment_id is not null) into threaded from inserted;
  if threaded is null then return null; end if;
  if not threaded then
    changes := array(
      select row(1, i.id, i.campaign_id, i.engagement_type, null, true, i.created_at)::engagement_change from inserted i);
    touched := apply_engagement_changes(changes);
    select array_agg(advertiser_stream(i.campaign_id) order by i.id), array_agg('engagement:created'::text),
      array_agg(engagement_document(row(i.*)::campaign_engagement) order by i.id)
    into streams, names, payloads
    from inserted i join live_stream s on s.stream = advertiser_stream(i.campaign_id) and not s.dormant;
    perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
    if exists (select from webhook_endpoint w where w.deleted_at is null and w.disabled_at is null
      and (w.events = '{}' or 'engagement:created' = any (w.events))) then
      perform tell_webhooks_of_engagement(array(select id from inserted));
    end if;
    return null;
  end if;

  changes := array(
    select row(1, i.id, i.campaign_id, i.engagement_type, i.parent_comment_id, comment_is_shown(s.status), i.created_at)
    from inserted i
    left join comment_state s on s.comment_id = i.id and i.engagement_type = 'comment');

  touched := array(select distinct campaign_stream(campaign_id) from inserted order by 1);
  perform lock_streams(touched);

  -- Under the lock: a parent that somebody moved or changed meanwhile is seen here, or sees us.
  if exists (
    select from inserted i left join campaign_engagement p on p.id = i.parent_comment_id
    where i.parent_comment_id is not null
      and (p.engagement_type <> 'comment' or p.campaign_id <> i.campaign_id)
  ) then
    raise exception 'parent_comment_id has to name a comment of the same campaign'
      using errcode = 'foreign_key_violation', constraint = 'campaign_engagement_parent_is_a_comment_here';
  end if;

  if exists (select from unnest(changes) where engagement_type = 'comment') then
    perform place_comments(changes);
    insert into comment_status_change (comment_id, status, by, reason)
    select s.comment_id, s.status, s.removed_by, s.removed_reason
    from inserted i join comment_state s on s.comment_id = i.id
    where s.status <> 'published' and i.engagement_type = 'comment'
      and not exists (select from comment_status_change h where h.comment_id = i.id);
    if exists (select from inserted where comment_text like '%@%') then
      perform note_mentions(array(select id from inserted where comment_text like '%@%'));
    end if;
  end if;
  perform apply_engagement_changes(changes);
  perform refresh_moderation_items(array(
    select s.comment_id from inserted i join comment_state s on s.comment_id = i.id
    where s.status <> 'published' and i.engagement_type = 'comment'
    union
    -- Written in the same statement: their trigger may have run before the comment had its place.
    select h.comment_id from inserted i join comment_rule_hit h on h.comment_id = i.id
    where i.engagement_type = 'comment' and h.outcome = 'flag' and not h.shadow));

  select array_agg(campaign_stream(i.campaign_id) order by i.id), array_agg('comment:created'::text order by i.id),
    array_agg(comment_document(row(i.*)::campaign_engagement, c, s, p.name) order by i.id)
  into streams, names, payloads
  from inserted i
  join comment_counters c on c.comment_id = i.id
  left join comment_state s on s.comment_id = i.id
  left join person p on p.user_id = i.user_id
  where i.engagement_type = 'comment' and comment_is_shown(s.status);

  -- The owner hears of a comment that is held when it is shown.
  select coalesce(streams, '{}') || array_agg(advertiser_stream(i.campaign_id) order by i.id),
    coalesce(names, '{}') || array_agg('engagement:created'::text),
    coalesce(payloads, '{}') || array_agg(engagement_document(row(i.*)::campaign_engagement) order by i.id)
  into streams, names, payloads
  from inserted i join live_stream s on s.stream = advertiser_stream(i.campaign_id) and not s.dormant
  where i.engagement_type <> 'comment' or i.id in (select id from unnest(changes) where shown);

  perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
  if exists (select from webhook_endpoint w where w.deleted_at is null and w.disabled_at is null
    and (w.events = '{}' or 'engagement:created' = any (w.events))) then
    perform tell_webhooks_of_engagement(
      array(select id from unnest(changes) where engagement_type <> 'comment' or shown));
  end if;
  return null;
end
$$;

drop trigger if exists engagement_inserted on campaign_engagement;
create trigger engagement_inserted after insert on campaign_engagement
referencing new table as inserted
for each statement execute function engagement_inserted();
