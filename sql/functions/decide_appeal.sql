-- Somebody else than who decided grants an appeal, which undoes the decision, or denies it. A rule's decision has nobody
-- whose decision it is; to grant an appeal against it is to approve the comment.
create or replace function decide_appeal(appeal bigint, wanted text, words text, actor bigint, actor_name text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  a moderation_appeal;
  decision moderation_log;
  locked record;
begin
  select * into a from moderation_appeal m where m.id = appeal;
  if a.id is not null then
    select * into locked from lock_comment(a.comment_id);
    perform lock_streams(array['moderation']);
    select * into a from moderation_appeal m where m.id = appeal for no key update;
    select * into decision from moderation_log l where l.id = a.decision_id;
  end if;
  outcome := case
    when a.id is null then 'unknown_appeal'
    when decision.actor_id = actor then 'own_decision'
    when a.status <> 'open' then 'already_decided'
    else 'decided'
  end;
  if outcome <> 'decided' then
    return next;
    return;
  end if;

  update moderation_appeal m set status = case wanted when 'grant' then 'granted' else 'denied' end,
    decided_at = clock_timestamp(), decided_by = actor, explanation = words
  where m.id = appeal returning * into a;
  perform append_moderation_log(actor, actor_name, wanted, a.comment_id, a.campaign_id, a.author_id, decision.revision,
    decision.reason, words, jsonb_build_object('appealId', appeal, 'decisionId', a.decision_id), null, null);
  if wanted = 'grant' and decision.actor_id is not null then
    select u.outcome into outcome from undo_decision(a.decision_id, actor, actor_name, true) u;
    if exists (select from moderation_log l where l.undoes = a.decision_id) then outcome := 'decided'; end if;
  elsif wanted = 'grant' then
    perform append_moderation_log(actor, actor_name, 'approve', a.comment_id, a.campaign_id, a.author_id, decision.revision,
      null, words, jsonb_build_object('appealId', appeal), null, null);
    update comment_state s set status = 'approved', removed_by = null, removed_reason = null, changed_at = now()
    where s.comment_id = a.comment_id and s.status = 'rejected';
  end if;
  document := appeal_document(a);
  return next;
end
$$;
