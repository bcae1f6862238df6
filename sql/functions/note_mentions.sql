-- Keeps comment_mention true for comments that are new or were edited. Mostly no text holds an @, and nothing is done.
create or replace function note_mentions(comments bigint[]) returns void
language plpgsql
as $$
begin
  delete from comment_mention where comment_id = any (comments);
  insert into comment_mention (comment_id, user_id)
  select e.id, named.user_id
  from campaign_engagement e, lateral mentioned_users(e.campaign_id, e.comment_text) as named (user_id)
  where e.id = any (comments) and e.engagement_type = 'comment' and e.comment_text like '%@%'
  on conflict do nothing;
end
$$;
