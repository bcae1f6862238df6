-- A notice as moderators see it, with the comment and its text.
create or replace function notice_document(n moderation_notice) returns jsonb
language sql stable
as $$
  select jsonb_build_object('id', n.id, 'status', n.status, 'explanation', n.explanation, 'law', n.law, 'name', n.name,
    'email', n.email, 'userId', n.user_id, 'createdAt', iso(n.created_at), 'commentId', n.comment_id,
    'campaignId', n.campaign_id, 'comment', d.document || jsonb_build_object('text', e.comment_text),
    'decidedAt', iso(n.decided_at), 'decidedBy', n.decided_by, 'decisionId', n.decision_id, 'outcome', n.outcome)
  from (select 1) one
  left join campaign_engagement e on e.id = n.comment_id
  left join comment_documents d on d.id = n.comment_id
$$;
