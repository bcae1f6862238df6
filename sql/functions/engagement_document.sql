-- The data of `engagement:created`: what a campaign's owner may know of one engagement. Saves and follows are private to
-- the user, so they name nobody; parentId is the comment that was answered or liked. Texts are the campaign's stream's.
create or replace function engagement_document(e campaign_engagement) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('campaignId', e.campaign_id, 'id', e.id, 'type', e.engagement_type,
    'userId', case when e.engagement_type not in ('save', 'bookmark') then e.user_id end,
    'parentId', e.parent_comment_id, 'at', iso(e.created_at))
$$;
