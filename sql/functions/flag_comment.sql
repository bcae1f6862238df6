-- A reader's flag, under the campaign's lock. A comment that is shown and not approved is hidden until it is decided when
-- the flags that no decision settled weigh `threshold` together, and not all of them are of new users.
-- The author's own is seen at the desk and weighs nothing.
--   hides: whether flags may hide (AUTOMOD=on); `outcome` is flagged, repeated, or a problem code
create or replace function flag_comment(
  comment bigint, flagger bigint, why text, remark text, threshold numeric, new_hours integer, hides boolean
) returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  locked record;
  status text;
  heavy boolean;
begin
  select * into locked from lock_comment(comment);
  status := coalesce((locked.state).status, 'published');
  if (locked.engagement).id is null then
    outcome := 'unknown_comment';
  elsif exists (select from comment_flag f where f.comment_id = comment and f.user_id = flagger) then
    outcome := 'repeated';
  elsif not comment_is_shown(status) then
    outcome := 'comment_gone';
  else
    outcome := 'flagged';
    insert into comment_flag (comment_id, user_id, reason, note, weight)
    values (comment, flagger, why, remark,
      case when flagger = (locked.engagement).user_id then 0 else flag_weight(flagger, new_hours) end);
    select sum(f.weight) >= threshold and bool_or(f.weight > 0 and not is_new_flagger(f.user_id, new_hours)) into heavy
    from comment_flag f where f.comment_id = comment and f.outcome is null;
    if heavy and hides and status = 'published' then
      insert into comment_state as s (comment_id, campaign_id, status, removed_by, removed_reason)
      values (comment, (locked.engagement).campaign_id, 'pending', 'rule', 'flags')
      on conflict (comment_id) do update
      set status = 'pending', removed_by = 'rule', removed_reason = 'flags', changed_at = now();
    end if;
  end if;
  if outcome in ('flagged', 'repeated') then
    select jsonb_build_object('id', f.id, 'commentId', f.comment_id, 'reason', f.reason, 'note', f.note,
      'outcome', f.outcome, 'createdAt', iso(f.created_at))
    into document from comment_flag f where f.comment_id = comment and f.user_id = flagger;
  end if;
  return next;
end
$$;
