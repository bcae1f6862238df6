-- Likes, direct replies and all descendants of the comments that a set of changes stands below. The likes that were
-- replaced are kept for whoever is reading a list by likes.
create or replace function count_below_comments(changes engagement_change[]) returns void
language plpgsql
as $$
begin
  with recursive above as (
    select c.sign, c.campaign_id, c.parent_comment_id as comment_id, 1 as distance
    from unnest(changes) c
    where c.engagement_type = 'comment' and c.shown and c.parent_comment_id is not null
    union all
    select a.sign, a.campaign_id, p.parent_id, a.distance + 1
    from above a join comment_counters p on p.comment_id = a.comment_id
    where p.parent_id is not null
  ), delta as (
    select comment_id, campaign_id, sum(likes) as likes, sum(replies) as replies, sum(descendants) as descendants
    from (
      select parent_comment_id as comment_id, campaign_id, sign as likes, 0 as replies, 0 as descendants
      from unnest(changes) where engagement_type = 'like' and parent_comment_id is not null
      union all
      select comment_id, campaign_id, 0, case distance when 1 then sign else 0 end, sign from above
    ) each_change
    group by comment_id, campaign_id
  ), counted as (
    update comment_counters c
    set likes = c.likes + d.likes,
      replies = c.replies + d.replies,
      descendants = c.descendants + d.descendants,
      version = s.version + 1
    from delta d join live_stream s on s.stream = campaign_stream(d.campaign_id)
    where c.comment_id = d.comment_id and (d.likes, d.replies, d.descendants) <> (0, 0, 0)
    returning c.comment_id, c.version, c.campaign_id, c.likes - d.likes as likes_before, c.likes
  )
  insert into comment_likes_before (comment_id, version, campaign_id, likes)
  select comment_id, version, campaign_id, likes_before from counted where likes <> likes_before
  on conflict do nothing; -- a second statement of one transaction: the first knew the likes before
end
$$;
