-- An author asks for the decision against a comment to be looked at by somebody else: once a decision.
create or replace function file_appeal(comment bigint, author bigint, author_name text, words text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  locked record;
  decision bigint;
  made bigint;
begin
  select * into locked from lock_comment(comment);
  perform lock_streams(array['moderation']);
  decision := standing_decision(comment);
  outcome := case
    when (locked.engagement).id is null then 'unknown_comment'
    when (locked.engagement).user_id <> author then 'forbidden'
    when coalesce((locked.state).status, 'published') <> 'rejected' or decision is null then 'nothing_to_appeal'
    when exists (select from moderation_appeal a where a.decision_id = decision) then 'already_appealed'
    else 'filed'
  end;
  if outcome = 'filed' then
    insert into moderation_appeal (decision_id, comment_id, campaign_id, author_id, text)
    values (decision, comment, (locked.engagement).campaign_id, author, words) returning id into made;
    perform append_moderation_log(author, author_name, 'appeal', comment, (locked.engagement).campaign_id, author,
      coalesce((locked.state).revision, 1), null, null, jsonb_build_object('appealId', made, 'decisionId', decision), null, null);
    document := jsonb_build_object('id', made);
  end if;
  return next;
end
$$;
