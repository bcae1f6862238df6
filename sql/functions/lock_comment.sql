-- A comment with its campaign and its state, under the campaign's lock: what is decided on them is still so at the commit.
-- All three are null where there is no such comment.
create or replace function lock_comment(
  comment bigint, out engagement campaign_engagement, out profile campaign_profile, out state comment_state
)
language plpgsql
as $$
begin
  -- Rows first, then the stream: an update by any other program locks its row before its trigger locks the stream, and
  -- the same order in both keeps the two from waiting for each other.
  perform from campaign_engagement where id = comment for no key update;
  perform from comment_state where comment_id = comment for no key update;
  perform lock_streams(array(
    select campaign_stream(campaign_id) from campaign_engagement where id = comment and engagement_type = 'comment'));
  select * into engagement from campaign_engagement where id = comment and engagement_type = 'comment';
  select * into profile from campaign_profile where id = engagement.campaign_id;
  select * into state from comment_state where comment_id = engagement.id;
end
$$;
