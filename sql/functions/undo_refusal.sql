-- Why this decision can't be undone; null: it can. It has to be the one that holds, of the text as it is. The caller holds
-- the comment.
create or replace function undo_refusal(decision bigint, moderator bigint, is_admin boolean) returns jsonb
language sql stable
as $$
  select case
    when l.id is null then jsonb_build_object('code', 'unknown_decision')
    when l.actor_id is distinct from moderator and not is_admin then jsonb_build_object('code', 'forbidden')
    when l.user_id = moderator then jsonb_build_object('code', 'own_comment')
    when u.id is not null then jsonb_build_object('code', 'already_undone', 'decision', moderation_decision_document(u))
    when i.decision_id is distinct from l.id or i.revision <> l.revision then
      jsonb_strip_nulls(jsonb_build_object('code', 'comment_changed', 'decision', (
        select moderation_decision_document(k) from moderation_log k where k.id = i.decision_id and k.id <> l.id)))
  end
  from (select decision as id) asked
  left join moderation_log l on l.id = asked.id and l.action in ('approve', 'reject')
  left join moderation_log u on u.undoes = l.id
  left join moderation_item i on i.comment_id = l.comment_id
$$;
