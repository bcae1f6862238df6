-- A moderator's note on a comment, for the other moderators. Null: there is no such comment.
create or replace function add_moderation_note(comment bigint, note text, moderator bigint, moderator_name text) returns jsonb
language plpgsql
as $$
declare
  e campaign_engagement;
  line bigint;
begin
  perform lock_comments(array[comment]);
  select * into e from campaign_engagement where id = comment and engagement_type = 'comment';
  if e.id is null then return null; end if;
  line := append_moderation_log(moderator, moderator_name, 'note', comment, e.campaign_id, e.user_id, null, null, note, '{}',
    null, null);
  perform publish(array['moderation'], '{}', '{}', '{}');
  return (
    select jsonb_build_object('id', l.id, 'commentId', l.comment_id, 'text', l.explanation, 'at', iso(l.at),
      'moderator', jsonb_build_object('id', l.actor_id, 'name', l.actor_name))
    from moderation_log l where l.id = line);
end
$$;
