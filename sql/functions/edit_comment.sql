-- An author's new text. Under the campaign's lock, so of two edits of one revision one is stale.
--   expected: the revision the author saw; window_seconds: how long after it was written a comment may be edited
-- `outcome` is edited, unchanged, or a problem code; stale_revision comes with the comment as it is.
create or replace function edit_comment(
  comment bigint, editor bigint, new_text text, expected integer, window_seconds integer
) returns table (outcome text, document jsonb)
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
    when e.user_id <> editor then case s.status when 'pending' then 'unknown_comment' else 'forbidden' end
    when s.status in ('removed', 'rejected') then 'comment_gone'
    when campaign_door(p) is not null then campaign_door(p)
    when coalesce(s.revision, 1) <> expected then 'stale_revision'
    when clock_timestamp() > e.created_at + make_interval(secs => window_seconds) then 'edit_window_closed'
    when e.comment_text = new_text then 'unchanged'
    else 'edited'
  end;
  if outcome = 'edited' then
    update campaign_engagement set comment_text = new_text, updated_at = clock_timestamp() where id = comment;
  end if;
  if outcome in ('edited', 'unchanged', 'stale_revision') then
    select own.document into edit_comment.document from comment_own_documents own where own.id = comment;
  end if;
  return next;
end
$$;
