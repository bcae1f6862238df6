-- Notes for everybody whom these comments concern, whatever became of them: the author of the parent and those mentioned
-- hear of them, if they are shown, and what their own authors were told of them is counted anew: also where nothing is
-- there yet, since a list that is just being made may have seen them as they were.
create or replace function note_comments(comments bigint[]) returns void
language sql
as $$
  insert into notification_note (user_id, kind, campaign_id, comment_id, source_id)
  select p.user_id, 'reply', e.campaign_id, p.id, e.id
  from campaign_engagement e join campaign_engagement p on p.id = e.parent_comment_id
  where e.id = any (comments) and e.engagement_type = 'comment' and p.user_id <> e.user_id
  union all
  select m.user_id, 'mention', e.campaign_id, e.id, e.id
  from campaign_engagement e join comment_mention m on m.comment_id = e.id
  where e.id = any (comments) and m.user_id <> e.user_id
  union all
  select e.user_id, null, e.campaign_id, e.id, null
  from campaign_engagement e
  where e.id = any (comments) and e.engagement_type = 'comment'
$$;
