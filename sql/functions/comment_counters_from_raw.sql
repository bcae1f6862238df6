-- What comment_counters has to hold for a campaign, from the raw rows alone.
create or replace function comment_counters_from_raw(campaign bigint, new_version bigint)
returns setof comment_counters
language sql stable
as $$
  with recursive tree as (
    select id, parent_comment_id, created_at, 0 as depth
    from campaign_engagement
    where campaign_id = campaign and engagement_type = 'comment' and parent_comment_id is null
    union all
    select e.id, e.parent_comment_id, e.created_at, tree.depth + 1
    from campaign_engagement e join tree on e.parent_comment_id = tree.id
    where e.engagement_type = 'comment'
  ), above as (
    select t.parent_comment_id as comment_id, 1 as distance
    from tree t left join comment_state s on s.comment_id = t.id
    where t.parent_comment_id is not null and comment_is_shown(s.status)
    union all
    select t.parent_comment_id, a.distance + 1
    from above a join tree t on t.id = a.comment_id
    where t.parent_comment_id is not null
  ), below as (
    select comment_id, count(*) filter (where distance = 1) as replies, count(*) as descendants
    from above group by comment_id
  ), liked as (
    select parent_comment_id as comment_id, count(*) as likes
    from campaign_engagement
    where campaign_id = campaign and engagement_type = 'like' and parent_comment_id is not null
    group by parent_comment_id
  )
  select t.id, campaign, t.parent_comment_id, t.depth, t.created_at, new_version,
    coalesce(l.likes, 0), coalesce(b.replies, 0), coalesce(b.descendants, 0)
  from tree t
  left join below b on b.comment_id = t.id
  left join liked l on l.comment_id = t.id
$$;
