-- The public counts of a campaign: the data of `campaign:counters`.
create or replace function counters_document(c campaign_counters) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('campaignId', c.campaign_id, 'likes', c.likes, 'shares', c.shares, 'comments', c.comments,
    'saves', c.saves, 'bookmarks', c.bookmarks, 'impressions', c.impressions)
$$;
