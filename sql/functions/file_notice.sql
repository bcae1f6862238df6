-- Anybody says that a comment is illegal (Digital Services Act, article 16). The log has no word of who it was.
create or replace function file_notice(
  comment bigint, notifier bigint, words text, wanted_law text, notifier_name text, mail text
) returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  locked record;
  made bigint;
begin
  select * into locked from lock_comment(comment);
  perform lock_streams(array['moderation']);
  outcome := case when (locked.engagement).id is null then 'unknown_comment' else 'filed' end;
  if outcome = 'filed' then
    insert into moderation_notice (comment_id, campaign_id, user_id, name, email, explanation, law, good_faith)
    values (comment, (locked.engagement).campaign_id, notifier, notifier_name, mail, words, wanted_law, true)
    returning id into made;
    perform append_moderation_log(null, null, 'notice', comment, (locked.engagement).campaign_id,
      (locked.engagement).user_id, coalesce((locked.state).revision, 1), 'illegal', null,
      jsonb_build_object('noticeId', made), null, null);
    document := jsonb_build_object('id', made);
  end if;
  return next;
end
$$;
