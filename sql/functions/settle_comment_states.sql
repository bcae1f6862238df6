-- Brings the states of these comments together with the comments, under the locks of their campaigns: who moves one, or
-- makes something else of it, at the same time either has seen its state or is seen here. A row that came before its
-- comment is left alone; nobody else knows of that comment yet.
create or replace function settle_comment_states(comments bigint[]) returns void
language plpgsql
as $$
begin
  if cardinality(comments) = 0 then return; end if; -- our own statements fire the triggers that call this
  perform lock_threads(comments);

  update comment_state s set campaign_id = e.campaign_id
  from campaign_engagement e
  where e.id = any (comments) and s.comment_id = e.id and s.campaign_id <> e.campaign_id;
  delete from comment_state s using campaign_engagement e
  where e.id = any (comments) and s.comment_id = e.id and e.engagement_type <> 'comment';
end
$$;
