-- A moderator takes an item for `seconds`, or renews the lease. `outcome` is claimed, unknown_comment, or already_claimed
-- with whose it is. The comment's row before the stream: who deletes the comment has it too.
create or replace function claim_item(
  comment bigint, moderator bigint, name text, seconds integer, out outcome text, out claim jsonb
)
language plpgsql
as $$
declare
  held moderation_claim;
begin
  perform lock_tables();
  perform from campaign_engagement where id = comment and engagement_type = 'comment' for key share;
  if not found or exists (select from comment_state s where s.comment_id = comment and s.status = 'removed') then
    outcome := 'unknown_comment';
    return;
  end if;
  perform lock_streams(array['moderation']);
  select * into held from moderation_claim where comment_id = comment;
  if held.moderator_id <> moderator and held.until > clock_timestamp() then
    outcome := 'already_claimed';
    claim := moderation_claim_document(held);
    return;
  end if;
  delete from moderation_claim where comment_id = comment and moderator_id <> moderator;
  insert into moderation_claim as c (comment_id, moderator_id, moderator_name, until)
  values (comment, moderator, claim_item.name, clock_timestamp() + make_interval(secs => seconds))
  on conflict (comment_id) do update set until = excluded.until, leaving_at = null, moderator_name = excluded.moderator_name;
  outcome := 'claimed';
  select moderation_claim_document(c) into claim from moderation_claim c where c.comment_id = comment;
end
$$;
