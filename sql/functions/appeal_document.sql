-- An appeal as moderators see it, with the decision it is against and the comment with its text.
create or replace function appeal_document(a moderation_appeal) returns jsonb
language sql stable
as $$
  select jsonb_build_object('id', a.id, 'status', a.status, 'text', a.text, 'createdAt', iso(a.created_at),
    'commentId', a.comment_id, 'campaignId', a.campaign_id,
    'author', jsonb_build_object('id', a.author_id, 'name', coalesce(p.name, 'user ' || a.author_id)),
    'decision', jsonb_build_object('id', l.id, 'action', l.action, 'reason', l.reason, 'explanation', l.explanation,
      'moderator', case when l.actor_id is not null then jsonb_build_object('id', l.actor_id, 'name', l.actor_name) end),
    'comment', d.document || jsonb_build_object('text', e.comment_text),
    'decidedAt', iso(a.decided_at), 'decidedBy', a.decided_by, 'explanation', a.explanation)
  from (select 1) one
  left join person p on p.user_id = a.author_id
  left join moderation_log l on l.id = a.decision_id
  left join campaign_engagement e on e.id = a.comment_id
  left join comment_documents d on d.id = a.comment_id
$$;
