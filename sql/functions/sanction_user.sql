-- Restricts a user, everywhere (campaign null) or in one campaign. One of the same kind that is there already ends here, so
-- that a longer or a shorter one takes its place and both stay in the history.
create or replace function sanction_user(
  person bigint, wanted text, campaign bigint, why text, words text, ends timestamptz, actor bigint, actor_name text
) returns table (outcome text, document jsonb)
language plpgsql
as $$
declare
  former bigint;
  line bigint;
  made user_sanction;
begin
  perform act_as(actor);
  -- The user first: a row that another program of ours makes meanwhile is not known yet when rows are locked. Then rows,
  -- then the streams.
  perform pg_advisory_xact_lock(sanctions_lock(person));
  perform from campaign_profile p where p.id = campaign for key share;
  if campaign is not null and not found then
    outcome := 'unknown_campaign';
    return next;
    return;
  end if;
  perform from user_sanction s where s.user_id = person and s.lifted_at is null order by s.id for no key update;
  perform lock_streams(array_remove(array[campaign_stream(campaign), 'moderation', user_stream(person)], null));

  update user_sanction s set lifted_at = clock_timestamp(), lifted_by = actor
  where s.user_id = person and s.kind = wanted and s.campaign_id is not distinct from campaign and s.lifted_at is null
  returning s.id into former;
  line := append_moderation_log(actor, actor_name, wanted, null, campaign, person, null, why, words,
    jsonb_strip_nulls(jsonb_build_object('until', iso(ends), 'replaces', former)), null, null);
  insert into user_sanction (user_id, campaign_id, kind, reason, explanation, until, created_by, log_id)
  values (person, campaign, wanted, why, words, ends, actor, line)
  returning * into made;
  outcome := 'created';
  document := sanction_desk_document(made);
  return next;
end
$$;
