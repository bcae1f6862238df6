-- A user has read a warning. Doing so twice is doing so once.
create or replace function acknowledge_sanction(sanction bigint, person bigint, person_name text)
returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  warning user_sanction;
begin
  perform from user_sanction s where s.id = sanction for no key update;
  perform lock_streams(array['moderation', user_stream(person)]);
  select * into warning from user_sanction s where s.id = sanction and s.user_id = person and s.kind = 'warn';
  if warning.id is null then
    outcome := 'unknown_sanction';
    return next;
    return;
  end if;
  if warning.acknowledged_at is null then
    perform append_moderation_log(person, person_name, 'acknowledge', null, warning.campaign_id, person, null, warning.reason,
      null, jsonb_build_object('sanctionId', warning.id), null, null);
    update user_sanction s set acknowledged_at = clock_timestamp() where s.id = sanction returning * into warning;
  end if;
  outcome := 'acknowledged';
  document := sanction_document(warning);
  return next;
end
$$;
