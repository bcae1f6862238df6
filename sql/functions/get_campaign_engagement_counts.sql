-- One row, also for a campaign that nobody engaged with or that does not exist, from the projection in constant time.
-- Likes of comments are not counted, replies are; a comment counts while it is published. total is the sum of the five.
create or replace function get_campaign_engagement_counts(campaign_id bigint)
returns table (
  likes_count bigint,
  shares_count bigint,
  comments_count bigint,
  saves_count bigint,
  bookmarks_count bigint,
  total_engagements bigint
)
language sql stable parallel safe rows 1
as $$
  select coalesce(c.likes, 0), coalesce(c.shares, 0), coalesce(c.comments, 0), coalesce(c.saves, 0),
    coalesce(c.bookmarks, 0), coalesce(c.likes + c.shares + c.comments + c.saves + c.bookmarks, 0)
  from (select 1) always
  left join campaign_counters c on c.campaign_id = get_campaign_engagement_counts.campaign_id
$$;
