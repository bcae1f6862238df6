-- A decision as HTTP and the desk's stream show it: its line of the log.
create or replace function moderation_decision_document(l moderation_log) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('id', l.id, 'commentId', l.comment_id, 'campaignId', l.campaign_id, 'action', l.action,
    'moderator', jsonb_build_object('id', l.actor_id, 'name', l.actor_name), 'revision', l.revision,
    'reason', l.reason, 'explanation', l.explanation, 'batch', l.batch, 'undoes', l.undoes, 'at', iso(l.at))
$$;
