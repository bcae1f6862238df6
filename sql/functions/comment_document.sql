-- A comment as HTTP and the live events show it to anybody. One that is not shown is its own tombstone: no text.
-- An expression without a sub-select, because PostgreSQL inlines nothing else into the query around it.
create or replace function comment_document(
  e campaign_engagement, c comment_counters, s comment_state, author_name text
) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object(
    'id', e.id,
    'campaignId', e.campaign_id,
    'parentId', e.parent_comment_id,
    'depth', c.depth,
    'author', jsonb_build_object(
      'id', e.user_id, 'name', coalesce(author_name, 'user ' || e.user_id), 'profileType', e.profile_type),
    'text', case when comment_is_shown(s.status) then e.comment_text end,
    'status', coalesce(s.status, 'published'),
    'revision', coalesce(s.revision, 1),
    'likes', c.likes,
    'replies', c.replies,
    'descendants', c.descendants,
    'createdAt', iso(e.created_at),
    'editedAt', iso(s.edited_at)
  ) || case when comment_is_shown(s.status) then '{}'
    else jsonb_build_object('removed', jsonb_build_object(
      'by', coalesce(s.removed_by, case s.status when 'pending' then 'rule' else 'moderator' end),
      'reason', s.removed_reason))
  end || case when e.comment_text like '%@%' and comment_is_shown(s.status)
    then mentions_of(e.id) else '{}'
  end
$$;
