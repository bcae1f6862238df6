-- Carries out moves of verdicts (rows of traffic_moves, all of one campaign), each only where the impression is still
-- there and its verdict still the one that the move began at. The triggers count. Answers how many were made.
create or replace function move_verdicts(campaign bigint, moves jsonb) returns bigint
language plpgsql
as $$
declare
  made bigint;
begin
  perform lock_billing(array[campaign]); -- what is judged may be billed

  with m as (
    select m.* from jsonb_to_recordset(moves) as m (impression_id bigint, was_class text, was_rule text, was_version integer,
      class text, rule text, rule_version integer)
    join campaign_impressions r on r.id = m.impression_id and r.campaign_id = campaign
  ), gone as (
    delete from impression_verdict v using m
    where v.impression_id = m.impression_id and m.class is null
      and (v.class, v.rule, v.rule_version) = (m.was_class, m.was_rule, m.was_version)
    returning 1
  ), changed as (
    update impression_verdict v set class = m.class, rule = m.rule, rule_version = m.rule_version, decided_at = now()
    from m
    where v.impression_id = m.impression_id and m.class is not null
      and (v.class, v.rule, v.rule_version) = (m.was_class, m.was_rule, m.was_version)
    returning 1
  ), came as (
    insert into impression_verdict (impression_id, class, rule, rule_version)
    select m.impression_id, m.class, m.rule, m.rule_version from m where m.class is not null and m.was_class is null
    on conflict do nothing
    returning 1
  )
  select (select count(*) from gone) + (select count(*) from changed) + (select count(*) from came) into made;
  return made;
end
$$;
