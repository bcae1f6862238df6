-- Makes one decision, all of it: the line of the log, the flags and what becomes of those who raised them, the status
-- (whose triggers count, announce and move the item), the claim, and the event. Answers the decision. The caller holds the
-- comment (lock_comments) and has asked decision_refusal.
create or replace function decide_comment(
  comment bigint, verdict text, why text, explained text, moderator bigint, moderator_name text, of_batch uuid
) returns jsonb
language plpgsql
as $$
declare
  e campaign_engagement;
  s comment_state;
  decision bigint;
  document jsonb;
  taken_back boolean;
begin
  perform act_as(moderator);
  select * into e from campaign_engagement where id = comment;
  select * into s from comment_state where comment_id = comment;
  decision := append_moderation_log(moderator, moderator_name, verdict, comment, e.campaign_id, e.user_id,
    coalesce(s.revision, 1), why, explained,
    jsonb_build_object('before', jsonb_build_object('status', coalesce(s.status, 'published'), 'removedBy', s.removed_by,
      'removedReason', s.removed_reason), 'text', e.comment_text),
    of_batch, null);
  perform settle_flags(comment, case verdict when 'approve' then 'disagreed' else 'agreed' end, decision);
  perform warn_flaggers(comment, e.campaign_id, decision);
  taken_back := verdict = 'approve' and keep_withdrawn(comment);
  insert into comment_state as k (comment_id, campaign_id, status, removed_by, removed_reason)
  select comment, e.campaign_id, case verdict when 'approve' then 'approved' else 'rejected' end,
    case verdict when 'reject' then 'moderator' end, case verdict when 'reject' then why end
  where not taken_back
  on conflict (comment_id) do update
  set status = excluded.status, removed_by = excluded.removed_by, removed_reason = excluded.removed_reason, changed_at = now();
  delete from moderation_claim where comment_id = comment;
  select moderation_decision_document(l) into document from moderation_log l where l.id = decision;
  perform publish(array['moderation'], array['moderation'], array['moderation:decided'], array[document]);
  return document;
end
$$;
