-- Likes, saves and bookmarks of campaigns and likes of comments, set or taken back, a batch in one transaction.
--   items: [{"o", "c": campaign, "m": comment, "u": user, "t": type, "on": bool, "pid": profile, "pt": profile type,
--            "scope", "key", "print"}]; a like of a comment has "m" and no "c". One item a (campaign, user, type, comment).
-- Answers 201 created, 200 repeated / removed / absent, else a problem code.
drop function if exists write_reactions(jsonb);
create or replace function write_reactions(items jsonb) returns setof write_outcome
-- One plan for every size of batch: with few items PostgreSQL would plan most statements anew each time, which takes a lone
-- write longer than the write itself.
language plpgsql set plan_cache_mode = force_generic_plan
as $$
declare
  answers write_answer[];
  known write_answer[];
  closed write_answer[];
  targets reaction_target[];
  open reaction_target[];
  gone integer[];
begin
  if jsonb_path_exists(items, '$[*].key') then
    known := array(select row(r.o, r.status, r.outcome, null, r.body)::write_answer
      from claim_receipts(items) r where r.outcome <> 'claimed');
  end if;

  -- Take the locks first, in order; everything after them is ours.
  perform lock_tables();
  targets := array(
    select row(i.o,
      -- A sub-select and not a join: a cached plan made while the table was small would go on scanning it.
      coalesce(i.c, (select e.campaign_id from campaign_engagement e where e.id = i.m and e.engagement_type = 'comment')),
      i.m, i.u, i.t, i."on", i.pid, i.pt)::reaction_target
    from jsonb_to_recordset(items) as i
      (o integer, c bigint, m bigint, u bigint, t text, "on" boolean, pid bigint, pt text)
    where known is null or not exists (select from unnest(known) k where k.o = i.o));
  perform lock_streams(array(
    select distinct campaign_stream(p.id) from campaign_profile p
    where p.id in (select campaign_id from unnest(targets)) order by 1));

  -- A comment that somebody moved to another campaign while we waited: that one's stream is to be locked, so once more.
  if exists (
    select from unnest(targets) t join comment_counters m on m.comment_id = t.comment_id
    where m.campaign_id <> t.campaign_id
  ) then
    raise exception 'a comment was moved to another campaign' using errcode = 'serialization_failure';
  end if;

  closed := array(
    select row(t.o, 0, coalesce(
      case when t.comment_id is not null
        and (m.comment_id is null or s.status in ('pending', 'rejected') or campaign_door(p) = 'unknown_campaign')
        then 'unknown_comment' end,
      campaign_door(p),
      case when s.status = 'removed' then 'comment_gone' end), null, null)::write_answer
    from unnest(targets) t
    left join campaign_profile p on p.id = t.campaign_id
    left join comment_counters m on m.comment_id = t.comment_id -- gone if the comment was deleted while we waited
    left join comment_state s on s.comment_id = t.comment_id
    where (t.comment_id is not null and m.comment_id is null) or campaign_door(p) is not null
      or not comment_is_shown(s.status));
  -- The first question of restricted_writes, asked here for the likes' sake: nearly always it is the only one.
  if exists (
    select from user_sanction s where s.user_id = any (array(select t.user_id from unnest(targets) t)) and s.lifted_at is null
  ) then
    select refuse_restricted(closed, array_agg(t.o), array_agg(t.user_id), array_agg(t.campaign_id), array['ban', 'suspend'])
    into closed from unnest(targets) t;
  end if;

  open := case when cardinality(closed) = 0 then targets
    else array(select t from unnest(targets) t where not exists (select from unnest(closed) c where c.o = t.o)) end;
  -- Mostly nothing is taken back, and a delete of nothing would run the triggers of one.
  if exists (select from unnest(open) t where not t.is_on) then
    with taken as (
      delete from campaign_engagement e using unnest(open) t
      where not t.is_on and e.campaign_id = t.campaign_id and e.user_id = t.user_id and e.engagement_type = t.type
        and e.engagement_type in ('like', 'save', 'bookmark') -- as the unique index has it, which is found by that
        and e.parent_comment_id is not distinct from t.comment_id
      returning t.o
    )
    select array_agg(o) into gone from taken;
  end if;
  with made as (
    insert into campaign_engagement (campaign_id, brand_id, user_id, profile_id, profile_type, engagement_type, parent_comment_id)
    select t.campaign_id, p.brand_id, t.user_id, t.profile_id, t.profile_type, t.type, t.comment_id
    from unnest(open) t join campaign_profile p on p.id = t.campaign_id
    where t.is_on
    on conflict do nothing
    returning campaign_id, user_id, engagement_type, parent_comment_id
  )
  select array_agg(row(t.o, case when t.is_new then 201 else 200 end,
    case when t.is_new then 'created' when t.is_on then 'repeated'
      when t.o = any (gone) then 'removed' else 'absent' end, null, null)::write_answer)
  into answers
  from (
    -- `in`, which hashes; a join over nullable keys compares every row with every other.
    select o, is_on, is_on and (campaign_id, user_id, type, coalesce(comment_id, 0)) in (
      select campaign_id, user_id, engagement_type, coalesce(parent_comment_id, 0) from made) as is_new
    from unnest(open)
  ) t;

  -- A new statement sees the counts that the triggers made.
  answers := array(
    select row(a.o, a.status, a.outcome, coalesce(m.version, c.version),
      case when t.comment_id is null
        then jsonb_build_object('counts', engagement_counts_document(c), 'mine', mine.document)
        else jsonb_build_object('likes', m.likes, 'mine', t.is_on) end)::write_answer
    from unnest(answers) a
    join unnest(targets) t on t.o = a.o
    left join campaign_counters c on c.campaign_id = t.campaign_id -- may be gone, until a rebuild
    left join comment_counters m on m.comment_id = t.comment_id
    cross join lateral mine_document(t.campaign_id, t.user_id) mine);

  if jsonb_path_exists(items, '$[*].key') then
    perform keep_receipts(items, answers);
  end if;
  return query select * from with_positions(answers || coalesce(known, '{}') || coalesce(closed, '{}'),
    array(select t.o from unnest(targets) t), array(select t.campaign_id from unnest(targets) t));
end
$$;
