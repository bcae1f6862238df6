-- One line at the end of the log of moderation. The caller holds the lock of the stream `moderation`, so ids are dense and
-- each line has the hash of the one before it in its own.
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
  select * into last from moderation_log l order by l.id desc limit 1;
  line.id := coalesce(last.id, 0) + 1;
  line.at := clock_timestamp();
  line.actor_id := actor;
  line.actor_name := append_moderation_log.actor_name;
  line.action := append_moderation_log.action;
  line.comment_id := comment;
  line.campaign_id := campaign;
  line.user_id := person;
  line.revision := append_moderation_log.revision;
  line.reason := append_moderation_log.reason;
  line.explanation := append_moderation_log.explanation;
  line.details := coalesce(append_moderation_log.details, '{}');
  line.batch := append_moderation_log.batch;
  line.undoes := append_moderation_log.undoes;
  line.previous_hash := last.hash;
  line.hash := sha256(coalesce(last.hash, '') || convert_to((to_jsonb(line) - 'hash' - 'previous_hash')::text, 'utf8'));
  insert into moderation_log select line.*;
  return line.id;
end
$$;
