-- Engagement that was changed in place. A new text is an edit: the next revision, announced. A row that moved (another
-- type, parent, campaign or time) is rare and may carry a subtree with it, so its campaigns are counted anew.
create or replace function engagement_updated() returns trigger
language plpgsql
as $$
declare
  moved bigint[];
  edited bigint[];
  touched text[];
  streams text[];
  names text[];
  payloads jsonb[];
begin
  moved := array(
    select distinct unnest(array[b.campaign_id, a.campaign_id])
    from before b join after a using (id)
    where (b.campaign_id, b.engagement_type, b.parent_comment_id, b.created_at)
      is distinct from (a.campaign_id, a.engagement_type, a.parent_comment_id, a.created_at)
    order by 1);
  edited := array(
    select a.id from before b join after a using (id)
    where a.engagement_type = 'comment' and b.engagement_type = 'comment' and a.comment_text <> b.comment_text
    order by a.id);
  if cardinality(moved) = 0 and cardinality(edited) = 0 then return null; end if;

  touched := array(
    select distinct campaign_stream(campaign_id) from after where id = any (edited)
    union select campaign_stream(campaign_id) from unnest(moved) campaign_id order by 1);
  perform lock_streams(touched);

  -- Under the lock: a reply that somebody writes meanwhile is seen here, or sees us.
  if exists (
    select from campaign_engagement i left join campaign_engagement p on p.id = i.parent_comment_id
    where i.parent_comment_id is not null and (i.id in (select id from after) or p.id in (select id from after))
      and (p.engagement_type <> 'comment' or p.campaign_id <> i.campaign_id)
  ) then
    raise exception 'parent_comment_id has to name a comment of the same campaign'
      using errcode = 'foreign_key_violation', constraint = 'campaign_engagement_parent_is_a_comment_here';
  end if;

  update comment_state s set campaign_id = a.campaign_id from after a
  where s.comment_id = a.id and s.campaign_id <> a.campaign_id;
  delete from comment_state s using after a where s.comment_id = a.id and a.engagement_type <> 'comment';
  perform recount_campaign(campaign_id) from unnest(moved) campaign_id;

  if exists (
    select from after a
    where a.engagement_type = 'comment' and a.campaign_id = any (moved)
      and not exists (select from comment_counters c where c.comment_id = a.id)
  ) then
    raise exception 'a comment can not stand below itself'
      using errcode = 'check_violation', constraint = 'no_comment_is_its_own_ancestor';
  end if;

  insert into comment_state as s (comment_id, campaign_id, revision, edited_at)
  select a.id, a.campaign_id, 2, clock_timestamp() from after a where a.id = any (edited)
  on conflict (comment_id) do update set revision = s.revision + 1, edited_at = excluded.edited_at;

  select array_agg(campaign_stream(a.campaign_id) order by a.id), array_agg('comment:edited'::text order by a.id),
    array_agg(comment_document(row(a.*)::campaign_engagement, c, s, p.name) order by a.id)
  into streams, names, payloads
  from after a
  join comment_counters c on c.comment_id = a.id
  left join comment_state s on s.comment_id = a.id
  left join person p on p.user_id = a.user_id
  where a.id = any (edited) and comment_is_shown(s.status);

  perform publish(touched, coalesce(streams, '{}'), coalesce(names, '{}'), coalesce(payloads, '{}'));
  return null;
end
$$;

drop trigger if exists engagement_updated on campaign_engagement;
create trigger engagement_updated after update on campaign_engagement
referencing old table as before new table as after
for each statement execute function engagement_updated();
