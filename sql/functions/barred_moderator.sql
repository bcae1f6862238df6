-- The gravest ban or suspension that keeps a moderator from deciding on these comments, everywhere or in the campaign of one
-- of them, as a write_answer; null: none does. `what` says of what the ids are: comment, decision, appeal or notice; those
-- that are not there ask for what holds everywhere. Looked for with the comments locked, so that whoever waited for them is
-- judged by the sanctions of the moment of the decision and not by those of the request.
create or replace function barred_moderator(moderator bigint, what text, ids bigint[]) returns write_answer
language plpgsql
as $$
declare
  comments bigint[] := case what
    when 'comment' then ids
    when 'decision' then array(
      select distinct comment_id from moderation_log where id = any (ids) and comment_id is not null)
    when 'appeal' then array(select comment_id from moderation_appeal where id = any (ids))
    when 'notice' then array(select comment_id from moderation_notice where id = any (ids))
  end;
  campaigns bigint[];
begin
  -- A sanction's line has no comment, and whoever takes it back takes its rows before any stream.
  if cardinality(comments) > 0 then perform lock_comments(comments); end if;
  campaigns := array(
    select campaign_id from campaign_engagement where id = any (comments)
    union select campaign_id from moderation_log where what = 'decision' and id = any (ids)
    union select null);
  return (
    select r from unnest(restricted_writes(array(select n::integer from generate_subscripts(campaigns, 1) n),
      array_fill(moderator, array[cardinality(campaigns)]), campaigns, array['ban', 'suspend'])) r
    order by (r).outcome limit 1); -- banned before suspended
end
$$;
