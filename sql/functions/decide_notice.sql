-- A moderator upholds a notice, which rejects the comment as illegal, or dismisses it. Of a comment that is rejected already
-- the decision that stands is the notice's too; one that its author took back needs none.
create or replace function decide_notice(notice bigint, wanted text, words text, actor bigint, actor_name text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  n moderation_notice;
  locked record;
  was text;
  decision bigint;
begin
  select * into n from moderation_notice m where m.id = notice;
  if n.id is not null then
    select * into locked from lock_comment(n.comment_id);
    perform lock_streams(array['moderation']);
    select * into n from moderation_notice m where m.id = notice for no key update;
  end if;
  outcome := case when n.id is null then 'unknown_notice' when n.status <> 'open' then 'already_decided' else 'decided' end;
  if outcome <> 'decided' then
    return next;
    return;
  end if;

  was := coalesce((locked.state).status, 'published');
  if wanted = 'uphold' and was = 'rejected' then decision := standing_decision(n.comment_id); end if;
  if wanted = 'uphold' and was not in ('rejected', 'removed') then
    decision := append_moderation_log(actor, actor_name, 'reject', n.comment_id, n.campaign_id,
      (locked.engagement).user_id, coalesce((locked.state).revision, 1), 'illegal', words, jsonb_strip_nulls(jsonb_build_object(
        'noticeId', notice, 'law', n.law, 'was', jsonb_build_object('status', was))), null, null);
    insert into comment_state as s (comment_id, campaign_id, status, removed_by, removed_reason)
    values (n.comment_id, n.campaign_id, 'rejected', 'moderator', 'illegal')
    on conflict (comment_id) do update
    set status = 'rejected', removed_by = 'moderator', removed_reason = 'illegal', changed_at = now();
  end if;
  update moderation_notice m set status = case wanted when 'uphold' then 'upheld' else 'dismissed' end,
    decided_at = clock_timestamp(), decided_by = actor, decision_id = decision, outcome = words
  where m.id = notice returning * into n;
  document := notice_document(n);
  return next;
end
$$;
