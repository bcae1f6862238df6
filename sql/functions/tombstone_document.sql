-- The tombstone of a comment that its campaign no longer has, and nothing below it: its row was deleted, moved to another
-- campaign, or is no comment any more. The row can not say who did it; readers see a removal by a moderator.
create or replace function tombstone_document(e campaign_engagement, s comment_state, depth integer, author_name text)
returns jsonb
language sql stable parallel safe
as $$
  select comment_document(e,
    row(e.id, e.campaign_id, e.parent_comment_id, depth, e.created_at, 0, 0, 0, 0)::comment_counters,
    row(e.id, e.campaign_id, 'removed', coalesce(s.revision, 1), s.edited_at, 'moderator', 'deleted', now())::comment_state,
    author_name)
$$;
