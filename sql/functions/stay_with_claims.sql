-- These moderators have a socket on the node that says so: none of their claims is about to be left.
create or replace function stay_with_claims(moderators bigint[]) returns void
language plpgsql
as $$
begin
  if not exists (select from moderation_claim where leaving_at is not null and moderator_id = any (moderators)) then
    return;
  end if;
  perform lock_streams(array['moderation']);
  update moderation_claim set leaving_at = null where leaving_at is not null and moderator_id = any (moderators);
end
$$;
