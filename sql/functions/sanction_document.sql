-- A sanction as the user it restricts may see it: not who decided.
create or replace function sanction_document(s user_sanction) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('id', s.id, 'userId', s.user_id, 'kind', s.kind, 'campaignId', s.campaign_id,
    'reason', s.reason, 'explanation', s.explanation, 'until', iso(s.until), 'createdAt', iso(s.created_at),
    'acknowledgedAt', iso(s.acknowledged_at), 'liftedAt', iso(s.lifted_at), 'inForce', sanction_holds(s),
    'decisionId', s.log_id)
$$;
