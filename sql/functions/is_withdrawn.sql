-- Whether a notification says that a comment is shown which no longer is, or no longer is there: nobody is told of it, and
-- a comment that is shown again is told anew.
create or replace function is_withdrawn(kind text, comment bigint) returns boolean
language sql stable
as $$
  select kind in ('comment_approved', 'comment_restored') and not exists (
    select from campaign_engagement e left join comment_state s on s.comment_id = e.id
    where e.id = comment and e.engagement_type = 'comment' and comment_is_shown(s.status))
$$;
