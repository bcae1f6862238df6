-- An item as the desk shows it: the comment with its text whatever became of it, what speaks against it, and who is at
-- work on it. How many screens show it is for the server to add.
create or replace function moderation_item_document(i moderation_item) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'commentId', i.comment_id,
    'campaignId', i.campaign_id,
    'comment', d.document || jsonb_build_object('text', e.comment_text),
    'queue', i.queue,
    'revision', i.revision,
    'flags', (
      select jsonb_build_object('total', coalesce(sum(n), 0), 'open', i.flags, 'weight', i.weight,
        'byReason', coalesce(jsonb_object_agg(reason, n), '{}'))
      from (select reason, count(*) as n from comment_flag where comment_id = i.comment_id group by reason) f),
    'rules', (
      select coalesce(jsonb_agg(jsonb_build_object('rule', rule, 'outcome', outcome, 'evidence', evidence, 'score', score)
        order by id), '[]')
      from comment_rule_hit where comment_id = i.comment_id and revision = i.revision),
    'claim', (
      select moderation_claim_document(c) from moderation_claim c
      where c.comment_id = i.comment_id and c.until > clock_timestamp()),
    'escalated', i.escalated,
    'decision', (select moderation_decision_document(l) from moderation_log l where l.id = i.decision_id),
    'enteredAt', iso(i.entered_at))
  from campaign_engagement e join comment_documents d on d.id = e.id
  where e.id = i.comment_id
$$;
