-- Ends leases: of one item held by one moderator, or with both null those that ran out and those whose moderator left more
-- than `confirm_ms` ago (see leave_claims). Answers how many.
drop function if exists release_claims(bigint, bigint);
create or replace function release_claims(comment bigint, moderator bigint, confirm_ms integer) returns bigint
language plpgsql
as $$
declare
  released bigint;
  over bigint[];
begin
  over := claims_over(comment, moderator, confirm_ms);
  if cardinality(over) = 0 then return 0; end if;
  perform lock_streams(array['moderation']);
  delete from moderation_claim where comment_id = any (claims_over(comment, moderator, confirm_ms));
  get diagnostics released = row_count;
  return released;
end
$$;
