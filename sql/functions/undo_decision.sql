-- Takes a decision back: status, flags, the records of those who raised them and warnings that followed from it are as they
-- were before; what its author took back meanwhile stays gone. The log keeps both lines. The caller holds the comment and has asked undo_refusal.
create or replace function undo_decision(
  decision bigint, explained text, moderator bigint, moderator_name text, of_batch uuid
) returns jsonb
language plpgsql
as $$
declare
  l moderation_log;
  was jsonb;
  taken_back boolean;
  undo bigint;
  document jsonb;
begin
  perform act_as(moderator);
  select * into l from moderation_log where id = decision;
  was := l.details->'before';
  taken_back := keep_withdrawn(l.comment_id);
  update comment_state
  set status = was->>'status', removed_by = was->>'removedBy', removed_reason = was->>'removedReason', changed_at = now()
  where comment_id = l.comment_id and not taken_back;
  update flagger_record set warned_at = null
  where user_id in (
    select w.user_id from moderation_log w
    where w.comment_id = l.comment_id and w.action = 'flagger_warned' and w.details->'decision' = to_jsonb(decision));
  undo := append_moderation_log(moderator, moderator_name, 'undo', l.comment_id, l.campaign_id, l.user_id, l.revision,
    null, explained, jsonb_build_object('action', l.action), of_batch, decision);
  update comment_flag set outcome = null, settled_by = null where comment_id = l.comment_id and settled_by = decision;
  if taken_back then perform settle_flags(l.comment_id, 'obsolete', null); end if;
  select moderation_decision_document(u) into document from moderation_log u where u.id = undo;
  perform publish(array['moderation'], array['moderation'], array['moderation:decided'], array[document]);
  return document;
end
$$;
