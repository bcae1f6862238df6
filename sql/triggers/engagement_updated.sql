-- Engagement that was changed in place. A new text is an edit: the next revision, announced. A row that moved (another
-- type, parent, campaign, time or id) is rare and may carry a subtree with it, so its campaigns are counted anew.
--   a comment that left a campaign   comment:removed there
--   one that came to a campaign      comment:created there
--   one with another place in its thread, one that leaves with its replies, or comes back to where it was removed: events
--   do not say all of that, and clients have it listed where it was, so the stream begins a new epoch
-- Queries are planned for each statement: one may change a row, the next a million.
create or replace function engagement_updated() returns trigger
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  moved bigint[];
  edited bigint[];
  come bigint[];
  gone campaign_engagement[];
  touched text[];
  rethreaded text[];
  edit_time timestamptz := clock_timestamp();
  streams text[];
  names text[];
  payloads jsonb[];
begin
  -- One full join, and what is asked of it after it: such a join is never done row by row, as a plan made for one row
  -- would do it for a million.
  select array_remove(array_agg(distinct b.campaign_id) filter (where n.moved)
      || array_agg(distinct a.campaign_id) filter (where n.moved), null),
    array_agg(a.id order by a.id) filter (where n.edited),
    array_agg(a.id order by a.id) filter (where a.engagement_type = 'comment' and not n.stayed),
    array_agg(row(b.*)::campaign_engagement order by b.id) filter (where b.engagement_type = 'comment' and not n.stayed),
    array_agg(distinct campaign_stream(a.campaign_id)) filter (where n.moved or n.edited)
      || array_agg(distinct campaign_stream(b.campaign_id)) filter (where n.moved),
    array_agg(distinct campaign_stream(a.campaign_id)) filter (where n.stayed
      and (b.parent_comment_id, b.created_at) is distinct from (a.parent_comment_id, a.created_at))
  into moved, edited, come, gone, touched, rethreaded
  from before b full join after a using (id), lateral (
    select (b.id, b.campaign_id, b.engagement_type, b.parent_comment_id, b.created_at)
        is distinct from (a.id, a.campaign_id, a.engagement_type, a.parent_comment_id, a.created_at) as moved,
      coalesce(b.engagement_type = 'comment' and a.engagement_type = 'comment' and b.campaign_id = a.campaign_id, false)
        as stayed, -- a comment of that campaign, before and after
      coalesce(b.engagement_type = 'comment' and a.engagement_type = 'comment' and b.comment_text <> a.comment_text, false)
        as edited
  ) n;
  if moved is null and edited is null then return null; end if;
  touched := array(select distinct stream from unnest(array_remove(touched, null)) stream order by 1);
  perform lock_streams(touched);

  -- Under the lock: a reply that somebody writes meanwhile is seen here, or sees us.
  perform refuse_torn_threads(array(select id from after));

  -- What is gone is told by what was known of it before the recount.
  select array_agg(campaign_stream(b.campaign_id) order by c.depth desc, b.id desc) filter (where comment_is_shown(s.status)),
    array_agg('comment:removed'::text) filter (where comment_is_shown(s.status)),
    array_agg(tombstone_document(b, s, c.depth, p.name) order by c.depth desc, b.id desc)
      filter (where comment_is_shown(s.status)),
    rethreaded || array_agg(distinct campaign_stream(b.campaign_id)) filter (where c.descendants > 0)
  into streams, names, payloads, rethreaded
  from unnest(gone) b
  join comment_counters c on c.comment_id = b.id
  left join comment_state s on s.comment_id = b.id
  left join person p on p.user_id = b.user_id;
  rethreaded := rethreaded || array(
    select e.stream from campaign_engagement a join live_event e on e.stream = campaign_stream(a.campaign_id)
    where a.id = any (come) and e.name = 'comment:removed' and e.data->>'id' = a.id::text);

  update comment_state s set campaign_id = a.campaign_id from after a
  where s.comment_id = a.id and s.campaign_id <> a.campaign_id;
  delete from comment_state s using after a where s.comment_id = a.id and a.engagement_type <> 'comment';
  delete from share_channel c using after a where c.share_id = a.id and a.engagement_type <> 'share';
  perform recount_campaign(campaign_id) from (
    select distinct campaign_id from unnest(moved) campaign_id order by campaign_id) m;

  if exists (
    select from after a
    where a.engagement_type = 'comment' and a.campaign_id = any (moved)
      and not exists (select from comment_counters c where c.comment_id = a.id)
  ) then
    raise exception 'a comment can not stand below itself'
      using errcode = 'check_violation', constraint = 'no_comment_is_its_own_ancestor';
  end if;

  insert into comment_revision (comment_id, revision, comment_text, mentions, written_at, replaced_at)
  select b.id, coalesce(s.revision, 1), b.comment_text,
    array(select m.user_id from comment_mention m where m.comment_id = b.id), coalesce(s.edited_at, b.created_at), edit_time
  from before b left join comment_state s on s.comment_id = b.id
  where b.id = any (edited)
  on conflict (comment_id, revision) do update set -- its numbers began anew: another program deleted the state
    comment_text = excluded.comment_text, mentions = excluded.mentions, written_at = excluded.written_at,
    replaced_at = excluded.replaced_at;
  perform note_mentions(edited);
  insert into comment_state as s (comment_id, campaign_id, revision, edited_at)
  select a.id, a.campaign_id, 2, edit_time from after a where a.id = any (edited)
  on conflict (comment_id) do update set revision = s.revision + 1, edited_at = excluded.edited_at,
    status = case s.status when 'approved' then 'published' else s.status end; -- it was the old text that was approved

  select streams || array_agg(campaign_stream(a.campaign_id) order by c.depth, a.id),
    names || array_agg(case when a.id = any (come) then 'comment:created' else 'comment:edited' end order by c.depth, a.id),
    payloads || array_agg(comment_document(a, c, s, p.name) order by c.depth, a.id)
  into streams, names, payloads
  from (select unnest(come) union select unnest(edited)) announced (id)
  join campaign_engagement a using (id)
  join comment_counters c on c.comment_id = a.id
  left join comment_state s on s.comment_id = a.id
  left join person p on p.user_id = a.user_id
  where comment_is_shown(s.status);

  if cardinality(rethreaded) > 0 then perform begin_epoch(rethreaded); end if;
  perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
  return null;
end
$$;

drop trigger if exists engagement_updated on campaign_engagement;
create trigger engagement_updated after update on campaign_engagement
referencing old table as before new table as after
for each statement execute function engagement_updated();
