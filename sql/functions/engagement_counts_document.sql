-- `counts` of an answer to a reaction or a share.
create or replace function engagement_counts_document(c campaign_counters) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('likes', c.likes, 'shares', c.shares, 'comments', c.comments, 'saves', c.saves,
    'bookmarks', c.bookmarks)
$$;
