-- A line of the log as it is hashed: everything but the hashes. jsonb writes equal values in one way only, so the text is
-- canonical.
create or replace function moderation_line(l moderation_log) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object(
    'id', l.id, 'at', iso(l.at), 'actorId', l.actor_id, 'actorName', l.actor_name, 'action', l.action,
    'commentId', l.comment_id, 'campaignId', l.campaign_id, 'userId', l.user_id, 'revision', l.revision,
    'reason', l.reason, 'explanation', l.explanation, 'details', l.details, 'batch', l.batch, 'undoes', l.undoes)
$$;
