-- A line about a comment may decide or escalate its item. Whoever appended it holds the campaign's stream.
create or replace function moderation_log_appended() returns trigger
language plpgsql
as $$
begin
  perform refresh_moderation_items(array(
    select distinct comment_id from appended
    where comment_id is not null and action in ('approve', 'reject', 'undo', 'escalate')));
  return null;
end
$$;

drop trigger if exists moderation_log_appended on moderation_log;
create trigger moderation_log_appended after insert on moderation_log
referencing new table as appended
for each statement execute function moderation_log_appended();
