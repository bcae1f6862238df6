-- `counts` of an answer to a reaction or a share; zeros while there is no row to read them from.
create or replace function engagement_counts_document(c campaign_counters) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('likes', coalesce(c.likes, 0), 'shares', coalesce(c.shares, 0),
    'comments', coalesce(c.comments, 0), 'saves', coalesce(c.saves, 0), 'bookmarks', coalesce(c.bookmarks, 0))
$$;
