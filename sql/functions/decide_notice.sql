-- A moderator upholds a notice, which rejects the comment as illegal, or dismisses it; not of a comment of their own. Of a
-- comment that is rejected already the decision that stands is the notice's too; one that its author took back needs none.
-- Either has its line in the log.
create or replace function decide_notice(notice bigint, wanted text, words text, actor bigint, actor_name text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  n moderation_notice;
  was text;
  decision bigint;
begin
  select * into n from moderation_notice m where m.id = notice;
  if n.id is not null then
    perform lock_comments(array[n.comment_id]);
    select * into n from moderation_notice m where m.id = notice for no key update;
  end if;
  outcome := case
    when n.id is null then 'unknown_notice'
    when exists (select from campaign_engagement e where e.id = n.comment_id and e.user_id = actor) then 'own_comment'
    when n.status <> 'open' then 'already_decided'
    else 'decided'
  end;
  if outcome <> 'decided' then
    return next;
    return;
  end if;

  update moderation_notice m set status = case wanted when 'uphold' then 'upheld' else 'dismissed' end,
    decided_at = clock_timestamp(), decided_by = actor, outcome = words
  where m.id = notice;
  perform append_moderation_log(actor, actor_name, wanted, n.comment_id, n.campaign_id, e.user_id, coalesce(s.revision, 1),
    'illegal', words, jsonb_build_object('noticeId', notice), null, null)
  from campaign_engagement e left join comment_state s on s.comment_id = e.id where e.id = n.comment_id;
  was := coalesce((select s.status from comment_state s where s.comment_id = n.comment_id), 'published');
  decision := case
    when wanted <> 'uphold' or was = 'removed' then null
    when was = 'rejected' then standing_decision(n.comment_id)
    else (decide_comment(n.comment_id, 'reject', 'illegal', words, actor, actor_name, null)->>'id')::bigint end;
  update moderation_notice m set decision_id = decision where m.id = notice returning * into n;
  document := notice_document(n);
  return next;
end
$$;
