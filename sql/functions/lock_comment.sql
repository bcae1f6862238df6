-- A comment with its campaign and its state, under the campaign's lock: what is decided on them is still so at the commit.
-- All three are null where there is no such comment.
create or replace function lock_comment(
  comment bigint, out engagement campaign_engagement, out profile campaign_profile, out state comment_state
)
language plpgsql
as $$
begin
  -- The rows before the stream, as any other program's update of them takes them.
  perform from campaign_engagement where id = comment for no key update;
  perform from comment_state where comment_id = comment for no key update;
  perform lock_streams(array(
    select campaign_stream(campaign_id) from campaign_engagement where id = comment and engagement_type = 'comment'));
  select * into engagement from campaign_engagement where id = comment and engagement_type = 'comment';
  select * into profile from campaign_profile where id = engagement.campaign_id;
  select * into state from comment_state where comment_id = engagement.id;
end
$$;
