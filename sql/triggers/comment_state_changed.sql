-- A comment's status, whoever changed it. A comment without a row is published; a row that comes before its comment, or
-- with it in one statement, makes a comment that is born with this status. What it was before is read from the history,
-- since of two triggers of one statement either may be the first.
create or replace function comment_state_changed() returns trigger
language plpgsql
as $$
declare
  comments bigint[];
  moves comment_move[];
begin
  case tg_op
    when 'INSERT' then
      comments := array(select comment_id from after);
      moves := array(
        select row(a.comment_id, coalesce(h.status, case when c.comment_id is not null then 'published' end), a.status,
          a.removed_by, a.removed_reason)
        from after a
        left join comment_counters c on c.comment_id = a.comment_id
        left join lateral (
          select h.status from comment_status_change h where h.comment_id = a.comment_id order by h.id desc limit 1
        ) h on true
        where a.status <> coalesce(h.status, 'published') order by a.comment_id);
    when 'UPDATE' then
      comments := array(select comment_id from after);
      moves := array(
        select row(a.comment_id, b.status, a.status, a.removed_by, a.removed_reason)
        from before b join after a using (comment_id)
        where a.status <> b.status order by a.comment_id);
    when 'DELETE' then
      comments := array(select comment_id from before);
      moves := array(
        select row(b.comment_id, b.status, 'published', null, null)
        from before b join campaign_engagement e on e.id = b.comment_id and e.engagement_type = 'comment'
        where b.status <> 'published' order by b.comment_id);
  end case;
  perform settle_comment_states(comments);
  if cardinality(moves) > 0 then perform apply_comment_moves(moves); end if;
  perform refresh_moderation_items(comments);
  return null;
end
$$;

drop trigger if exists comment_state_inserted on comment_state;
create trigger comment_state_inserted after insert on comment_state
referencing new table as after
for each statement execute function comment_state_changed();

drop trigger if exists comment_state_updated on comment_state;
create trigger comment_state_updated after update on comment_state
referencing old table as before new table as after
for each statement execute function comment_state_changed();

drop trigger if exists comment_state_deleted on comment_state;
create trigger comment_state_deleted after delete on comment_state
referencing old table as before
for each statement execute function comment_state_changed();

-- Of a truncated table nobody says what was in it: what the campaigns' lists hold is counted anew.
create or replace function comment_state_truncated() returns trigger
language plpgsql
as $$
declare
  threads text[];
begin
  if not exists (select from campaign_engagement) then return null; end if; -- truncated along with it, and done there
  threads := array(select distinct campaign_stream(campaign_id) from comment_counters order by 1);
  perform lock_streams(threads);
  insert into comment_status_change (comment_id, was, status)
  select h.comment_id, h.status, 'published' from (
    select distinct on (comment_id) comment_id, status from comment_status_change order by comment_id, id desc
  ) h where h.status <> 'published';
  perform recount_campaign(id) from campaign_profile p
  where exists (select from comment_counters c where c.campaign_id = p.id);
  perform begin_epoch(threads);
  perform publish(threads, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists comment_state_truncated on comment_state;
create trigger comment_state_truncated after truncate on comment_state
for each statement execute function comment_state_truncated();
