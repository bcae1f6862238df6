-- A campaign's engagement without a user's own: nobody is told of what they did themselves. Null without the campaign.
create or replace function engagement_of_others(campaign bigint, reader bigint) returns notification_values
language sql stable
as $$
  select row(c.likes - o.likes, c.shares - o.shares, c.comments - o.comments, c.saves - o.saves, c.bookmarks - o.bookmarks
    )::notification_values
  from campaign_counters c, lateral (
    select count(*) filter (where e.engagement_type = 'like' and e.parent_comment_id is null) as likes,
      count(*) filter (where e.engagement_type = 'share') as shares,
      count(*) filter (where e.engagement_type = 'comment' and comment_is_shown(s.status)) as comments,
      count(*) filter (where e.engagement_type = 'save') as saves,
      count(*) filter (where e.engagement_type = 'bookmark') as bookmarks
    from campaign_engagement e left join comment_state s on s.comment_id = e.id
    where e.user_id = reader and e.campaign_id = campaign
  ) o
  where c.campaign_id = campaign
$$;
