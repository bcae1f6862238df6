-- The comments of a decision, or of many, with all that it changes: rows first, in order, then the streams of their
-- campaigns and the desk's, as lock_comment does for one.
create or replace function lock_comments(comments bigint[]) returns void
language plpgsql
as $$
declare
  held text[] := '{moderation}';
  wanted text[];
begin
  perform lock_tables();
  perform from campaign_engagement where id = any (comments) order by id for no key update;
  perform from comment_state where comment_id = any (comments) order by comment_id for no key update;
  perform from comment_flag where comment_id = any (comments) order by id for no key update;
  wanted := array(select distinct campaign_stream(campaign_id) from campaign_engagement where id = any (comments));
  perform lock_streams(wanted || held);
end
$$;
