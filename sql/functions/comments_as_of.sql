-- Every comment of a campaign as it stood at a moment: its status, its counts, and whether lists held it. From the rows,
-- the changes of status and the likes that were replaced since; without what another program deleted outright since.
-- Before the likes of then were kept (comment_likes_before), likes that were taken back since are not counted.
drop function if exists comments_as_of(bigint, timestamptz) cascade;
create or replace function comments_as_of(campaign bigint, moment timestamptz)
returns setof past_comment
language sql stable
as $$
  with recursive changed as (
    -- Before its first change a comment was what that change says it was.
    select distinct on (h.comment_id) h.comment_id,
      case when h.at <= moment then h.status else coalesce(h.was, h.status) end as status,
      case when h.at <= moment then h.by end as by,
      case when h.at <= moment then h.reason end as reason
    from comment_status_change h
    join comment_counters c on c.comment_id = h.comment_id and c.campaign_id = campaign
    order by h.comment_id, h.at > moment, case when h.at <= moment then -h.id else h.id end
  ), standing as materialized (
    select c.comment_id, c.parent_id, c.depth, c.created_at, c.likes, h.status, h.by, h.reason
    from comment_counters c left join changed h using (comment_id)
    where c.campaign_id = campaign and c.created_at <= moment
  ), above as (
    select s.parent_id as comment_id, 1 as distance from standing s
    where comment_is_shown(s.status) and s.parent_id is not null
    union all
    select s.parent_id, a.distance + 1
    from above a join standing s on s.comment_id = a.comment_id where s.parent_id is not null
  ), below as (
    select a.comment_id, count(*) filter (where a.distance = 1) as replies, count(*) as descendants
    from above a group by a.comment_id
  ), moved as (
    select distinct on (b.comment_id) b.comment_id, b.likes from comment_likes_before b
    where b.campaign_id = campaign and b.at > moment order by b.comment_id, b.version
  ), kept as (
    select coalesce(min(b.at), '-infinity') <= moment as all_of_it from comment_likes_before b
    where b.campaign_id = campaign
  ), liked as (
    select l.parent_comment_id as comment_id, count(*) as likes from campaign_engagement l
    where l.campaign_id = campaign and l.engagement_type = 'like' and l.parent_comment_id is not null
      and l.created_at <= moment and not (select all_of_it from kept)
    group by l.parent_comment_id
  )
  select s.comment_id, s.parent_id, s.depth, s.created_at, s.status, s.by, s.reason,
    case when (select all_of_it from kept) then coalesce(m.likes, s.likes) else coalesce(l.likes, 0) end,
    coalesce(b.replies, 0), coalesce(b.descendants, 0)
  from standing s
  left join below b using (comment_id)
  left join moved m using (comment_id)
  left join liked l using (comment_id)
$$;
