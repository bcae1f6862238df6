-- The log of moderation only grows: nobody edits, deletes or empties it, not even its owner by mistake. Who may drop
-- triggers is found out by the audit, since the hashes no longer agree.
create or replace function moderation_log_kept() returns trigger
language plpgsql
as $$
begin
  raise exception 'the log of moderation is append-only'
    using errcode = 'restrict_violation', constraint = 'moderation_log_is_append_only';
end
$$;

drop trigger if exists moderation_log_kept on moderation_log;
create trigger moderation_log_kept before update or delete or truncate on moderation_log
for each statement execute function moderation_log_kept();
