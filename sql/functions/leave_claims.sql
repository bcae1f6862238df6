-- The last socket of a moderator left a node: the claims are marked, for other nodes to say within a few seconds that they
-- have one (stay_with_claims); else release_claims ends them.
create or replace function leave_claims(moderator bigint) returns void
language plpgsql
as $$
begin
  if not exists (select from moderation_claim where moderator_id = moderator) then return; end if;
  perform lock_streams(array['moderation']);
  update moderation_claim set leaving_at = clock_timestamp() where moderator_id = moderator and leaving_at is null;
end
$$;
