-- Somebody else than who decided, and than the author, grants an appeal, which undoes the decision, or denies it. A rule's decision has nobody
-- whose decision it is; to grant an appeal against it is to approve the comment.
create or replace function decide_appeal(appeal bigint, wanted text, words text, actor bigint, actor_name text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  a moderation_appeal;
  decision moderation_log;
  refused jsonb;
begin
  select * into a from moderation_appeal m where m.id = appeal;
  if a.id is not null then
    perform lock_comments(array[a.comment_id]);
    select * into a from moderation_appeal m where m.id = appeal for no key update;
    select * into decision from moderation_log l where l.id = a.decision_id;
  end if;
  outcome := case
    when a.id is null then 'unknown_appeal'
    when a.author_id = actor then 'own_comment'
    when decision.actor_id = actor then 'own_decision'
    when a.status <> 'open' then 'already_decided'
    else 'decided'
  end;
  if outcome <> 'decided' then
    return next;
    return;
  end if;

  perform act_as(actor);
  update moderation_appeal m set status = case wanted when 'grant' then 'granted' else 'denied' end,
    decided_at = clock_timestamp(), decided_by = actor, explanation = words
  where m.id = appeal returning * into a;
  perform append_moderation_log(actor, actor_name, wanted, a.comment_id, a.campaign_id, a.author_id, decision.revision,
    decision.reason, words, jsonb_build_object('appealId', appeal, 'decisionId', a.decision_id), null, null);
  if wanted = 'grant' then -- whoever grants it has dismissed the notices that the decision upheld
    update moderation_notice n set status = 'dismissed', decided_at = a.decided_at, decided_by = actor, outcome = words,
      decision_id = null
    where n.decision_id = a.decision_id;
  end if;
  if wanted = 'grant' and decision.actor_id is not null then
    refused := undo_refusal(a.decision_id, actor, true);
    if refused is not null then outcome := refused->>'code'; -- and the caller rolls back
    else
      perform undo_decision(a.decision_id, words, actor, actor_name, null);
      -- what flags or a rule had hidden before stays hidden by an undo; who grants has read it, so it is shown
      perform decide_comment(s.comment_id, 'approve', null, words, actor, actor_name, null)
      from comment_state s where s.comment_id = a.comment_id and s.status = 'pending';
    end if;
  elsif wanted = 'grant' then
    perform decide_comment(a.comment_id, 'approve', null, words, actor, actor_name, null);
  end if;
  document := appeal_document(a);
  return next;
end
$$;
