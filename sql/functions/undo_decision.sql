-- Puts a comment back to what it was before a decision; the decision and its undoing both stay in the log.
create or replace function undo_decision(decision bigint, actor bigint, actor_name text, as_admin boolean)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  line moderation_log;
  locked record;
begin
  select * into line from moderation_log l where l.id = decision and l.action in ('approve', 'reject');
  select * into locked from lock_comment(line.comment_id);
  perform lock_streams(array['moderation']);
  outcome := case
    when line.id is null then 'not_found'
    when line.actor_id <> actor and not as_admin then 'forbidden'
    when exists (select from moderation_log l where l.undoes = decision) then 'already_decided'
    else 'undone'
  end;
  if outcome = 'undone' then
    perform append_moderation_log(actor, actor_name, 'undo', line.comment_id, line.campaign_id, line.user_id, line.revision,
      line.reason, null, '{}', null, decision);
    update comment_state s set status = coalesce(line.details->'was'->>'status', 'published'), removed_by = null,
      removed_reason = null, changed_at = now()
    where s.comment_id = line.comment_id and s.status <> 'removed';
  end if;
  return next;
end
$$;
