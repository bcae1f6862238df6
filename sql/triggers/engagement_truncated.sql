-- All engagement gone at once, also by `truncate campaign_impressions cascade`. The counts are zero, and as an event for
-- each comment would be millions, the streams of all threads begin a new epoch. comment_state and share_channel were
-- truncated along, or PostgreSQL would have refused.
create or replace function engagement_truncated() returns trigger
language plpgsql
as $$
declare
  threads text[] := array(select distinct campaign_stream(campaign_id) from comment_counters);
  touched text[] := array(
    select campaign_stream(campaign_id) from campaign_counters
    where (likes, shares, comments, saves, bookmarks) <> (0, 0, 0, 0, 0)
    union select unnest(threads));
begin
  perform lock_streams(touched);
  update campaign_counters c
  set version = s.version + 1, likes = 0, shares = 0, comments = 0, saves = 0, bookmarks = 0
  from live_stream s
  where s.stream = campaign_stream(c.campaign_id) and (c.likes, c.shares, c.comments, c.saves, c.bookmarks) <> (0, 0, 0, 0, 0);
  delete from comment_counters;
  perform empty_desk();
  perform begin_epoch(threads);
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists engagement_truncated on campaign_engagement;
create trigger engagement_truncated after truncate on campaign_engagement
for each statement execute function engagement_truncated();
