-- Why this decision can't be made; null: it can. The caller holds the comment. In the order in which a moderator wants to
-- know it: nothing there, it is their own, somebody was faster, somebody is at it, the text is another.
create or replace function decision_refusal(comment bigint, moderator bigint, seen integer) returns jsonb
language sql stable
as $$
  select case
    when e.id is null or coalesce(s.status, 'published') = 'removed' then jsonb_build_object('code', 'unknown_comment')
    when e.user_id = moderator then jsonb_build_object('code', 'own_comment')
    when i.decision_id is not null then jsonb_build_object('code', 'already_decided', 'decision', (
      select moderation_decision_document(l) from moderation_log l where l.id = i.decision_id))
    when c.comment_id is not null then jsonb_build_object('code', 'already_claimed', 'claim', moderation_claim_document(c))
    when coalesce(s.revision, 1) <> seen then jsonb_build_object('code', 'stale_revision', 'revision', coalesce(s.revision, 1))
  end
  from (select comment as id) asked
  left join campaign_engagement e on e.id = asked.id and e.engagement_type = 'comment'
  left join comment_state s on s.comment_id = e.id
  left join moderation_item i on i.comment_id = e.id
  left join moderation_claim c on c.comment_id = e.id and c.moderator_id <> moderator and c.until > clock_timestamp()
$$;
