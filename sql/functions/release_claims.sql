-- Ends leases: of one item (null: of all) held by one moderator, or with both null those that ran out. Answers how many.
create or replace function release_claims(comment bigint, moderator bigint) returns bigint
language plpgsql
as $$
declare
  released bigint;
begin
  if not exists (
    select from moderation_claim
    where case when moderator is null then until <= clock_timestamp() else moderator_id = moderator end
      and (comment is null or comment_id = comment)
  ) then
    return 0;
  end if;
  perform lock_streams(array['moderation']);
  delete from moderation_claim
  where case when moderator is null then until <= clock_timestamp() else moderator_id = moderator end
    and (comment is null or comment_id = comment);
  get diagnostics released = row_count;
  return released;
end
$$;
