-- `mine` of an answer to a reaction or a share: what this user has on this campaign. One row; a table function, because
-- PostgreSQL inlines those into the query around them, which a scalar one with aggregates is not.
create or replace function mine_document(campaign bigint, person bigint) returns table (document jsonb)
language sql stable parallel safe rows 1
as $$
  select jsonb_build_object(
    'like', coalesce(bool_or(engagement_type = 'like'), false),
    'save', coalesce(bool_or(engagement_type = 'save'), false),
    'bookmark', coalesce(bool_or(engagement_type = 'bookmark'), false))
  from campaign_engagement
  where campaign_id = campaign and user_id = person and parent_comment_id is null
    and engagement_type in ('like', 'save', 'bookmark')
$$;
