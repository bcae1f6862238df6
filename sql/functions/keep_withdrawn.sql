-- A rejection ends. Whether the author took the comment back while it held: then it is from here on removed by its author,
-- and nobody else makes its status. The caller holds the comment.
create or replace function keep_withdrawn(comment bigint) returns boolean
language plpgsql
as $$
begin
  if not exists (select from comment_withdrawal w where w.comment_id = comment) then return false; end if;
  update comment_state
  set status = 'removed', removed_by = 'author', removed_reason = null, changed_at = now()
  where comment_id = comment and status = 'rejected';
  return true;
end
$$;
