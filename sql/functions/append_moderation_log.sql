-- Appends a line to the one log of moderation and answers its id, which is also the decision's. Ids are dense, and each
-- line holds the hash of the one before it: sha256(previous hash || the line, see moderation_line). The caller holds the
-- streams of the campaign, if the line is about a comment, and `moderation`, which is the lock of the log.
create or replace function append_moderation_log(
  actor bigint, actor_name text, action text, comment bigint, campaign bigint, person bigint, revision integer,
  reason text, explanation text, details jsonb, batch uuid, undoes bigint
) returns bigint
language plpgsql
as $$
declare
  last moderation_log;
  line moderation_log;
begin
  select * into last from moderation_log order by id desc limit 1;
  line := row(coalesce(last.id, 0) + 1, clock_timestamp(), actor, actor_name, action, comment, campaign, person, revision,
    reason, explanation, coalesce(details, '{}'), batch, undoes, last.hash, ''::bytea);
  line.hash := sha256(coalesce(last.hash, ''::bytea) || convert_to(moderation_line(line)::text, 'UTF8'));
  insert into moderation_log select line.*;
  return line.id;
end
$$;
