-- Whether a user did this to a campaign. A like of a comment is no like of the campaign, and a comment that is not shown
-- does not count.
create or replace function has_user_engaged(campaign_id bigint, user_id bigint, engagement_type text) returns boolean
language sql stable parallel safe
as $$
  select exists (
    select from campaign_engagement e left join comment_state s on s.comment_id = e.id
    where e.campaign_id = has_user_engaged.campaign_id
      and e.user_id = has_user_engaged.user_id
      and e.engagement_type = has_user_engaged.engagement_type
      and (e.engagement_type <> 'like' or e.parent_comment_id is null)
      and (e.engagement_type <> 'comment' or comment_is_shown(s.status))
  )
$$;
