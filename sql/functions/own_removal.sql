-- What the author of a comment that is held or rejected is told beside by whom and why.
create or replace function own_removal(comment bigint, present text) returns jsonb
language sql stable
as $$
  select jsonb_build_object('explanation', l.explanation, 'decisionId', l.id,
    'appealable', l.id is not null and a.id is null and present = 'rejected',
    'appeal', case when a.id is not null
      then jsonb_build_object('id', a.id, 'status', a.status, 'explanation', a.explanation) end)
  from (select standing_decision(comment) as id) d
  left join moderation_log l on l.id = d.id
  left join moderation_appeal a on a.decision_id = d.id
$$;
