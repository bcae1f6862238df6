-- Asks for an admin. `outcome` is escalated (also when it was before) or unknown_comment.
create or replace function escalate_item(
  comment bigint, note text, moderator bigint, moderator_name text, out outcome text, out item jsonb
)
language plpgsql
as $$
declare
  e campaign_engagement;
begin
  perform lock_comments(array[comment]);
  select c.* into e from campaign_engagement c join moderation_item i on i.comment_id = c.id where c.id = comment;
  outcome := case when e.id is null then 'unknown_comment' else 'escalated' end;
  if e.id is null then return; end if;
  if not (select escalated from moderation_item where comment_id = comment) then
    perform append_moderation_log(moderator, moderator_name, 'escalate', comment, e.campaign_id, e.user_id,
      (select revision from moderation_item where comment_id = comment), null, note, '{}', null, null);
  end if;
  select moderation_item_document(i) into item from moderation_item i where i.comment_id = comment;
end
$$;
