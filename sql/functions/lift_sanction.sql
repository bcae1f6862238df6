-- Ends a sanction before its time. Its line in the log is undone by a line of its own.
drop function if exists lift_sanction(bigint, text, bigint, bigint, text);
create or replace function lift_sanction(
  person bigint, wanted text, campaign bigint, actor bigint, actor_name text, words text default null
)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  lifted user_sanction;
begin
  perform act_as(actor);
  perform pg_advisory_xact_lock(sanctions_lock(person));
  perform from user_sanction s where s.user_id = person and s.lifted_at is null order by s.id for no key update;
  perform lock_streams(array['moderation', user_stream(person)]);
  update user_sanction s set lifted_at = clock_timestamp(), lifted_by = actor
  where s.user_id = person and s.kind = wanted and s.campaign_id is not distinct from campaign and s.lifted_at is null
  returning * into lifted;
  if lifted.id is null then
    outcome := 'unknown_sanction';
    return next;
    return;
  end if;
  perform append_moderation_log(actor, actor_name, 'lift', null, campaign, person, null, lifted.reason, words,
    jsonb_build_object('kind', wanted, 'sanctionId', lifted.id), null, lifted.log_id);
  outcome := 'lifted';
  document := sanction_desk_document(lifted);
  return next;
end
$$;
