-- An author takes a comment back: it is no longer shown or counted, and while replies stand below it stays as a tombstone.
-- A rejected one stays rejected, and does not come back when the rejection ends (comment_withdrawal).
-- `outcome` is removed (also when it was before) or a problem code.
create or replace function remove_comment(comment bigint, remover bigint)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  e campaign_engagement;
  p campaign_profile;
  s comment_state;
  locked record;
begin
  select * into locked from lock_comment(comment);
  e := locked.engagement;
  p := locked.profile;
  s := locked.state;

  outcome := case
    when e.id is null then 'unknown_comment'
    when campaign_status(p) not in ('live', 'paused', 'ended') then 'unknown_comment'
    when e.user_id <> remover then case s.status when 'pending' then 'unknown_comment' else 'forbidden' end
    else 'removed'
  end;
  if outcome = 'removed' then
    insert into comment_state as kept (comment_id, campaign_id, status, removed_by)
    values (comment, e.campaign_id, 'removed', 'author')
    on conflict (comment_id) do update
    set status = 'removed', removed_by = 'author', removed_reason = null, changed_at = now()
    where kept.status not in ('removed', 'rejected');
    if coalesce(s.status, 'published') not in ('removed', 'rejected') then
      perform settle_flags(comment, 'obsolete', null);
    elsif s.status = 'rejected' then
      insert into comment_withdrawal (comment_id) values (comment) on conflict do nothing;
    end if;
    select d.document into remove_comment.document from comment_documents d where d.id = comment;
  end if;
  return next;
end
$$;
