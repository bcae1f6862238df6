-- A verdict that comes, goes or names another class moves its impression from one traffic class to another. A verdict that
-- is written in one statement with its impression moves nothing: the impression's own trigger has counted it by its class.
-- (TRUNCATE of all verdicts counts anew: impression_verdict_truncated.)
create or replace function reclass_quarter_hours(impressions bigint[], was text[], becomes text[]) returns void
language plpgsql
as $$
begin
  -- Whoever changes one of them at the same time counts it before us, or sees the verdict.
  perform from campaign_impressions where id = any (impressions) order by id for no key update;
  perform move_quarter_hours(array(
    select quarter_hour_delta(d.sign, i, d.class)
    from unnest(impressions, was, becomes) m (id, was, becomes)
    join campaign_impressions i on i.id = m.id,
    lateral (values (-1, m.was), (1, m.becomes)) d (sign, class)
    where m.was is distinct from m.becomes));
end
$$;

create or replace function verdicts_by_quarter_hour() returns trigger
language plpgsql
as $$
begin
  case tg_op
    when 'INSERT' then
      perform reclass_quarter_hours(array_agg(i.id), array_agg(null::text), array_agg(a.class))
      from after a
      join impression_verdict v on v.impression_id = a.impression_id
      join campaign_impressions i on i.id = a.impression_id
      where (i.xmin, i.cmin::text) is distinct from (v.xmin, v.cmin::text)
      having count(*) > 0;
    when 'UPDATE' then
      perform reclass_quarter_hours(array_agg(impression_id), array_agg(b.class), array_agg(a.class))
      from before b full join after a using (impression_id)
      where b.class is distinct from a.class
      having count(*) > 0;
    when 'DELETE' then
      perform reclass_quarter_hours(array_agg(impression_id), array_agg(class), array_agg(null::text))
      from before
      having count(*) > 0;
  end case;
  return null;
end
$$;

drop trigger if exists impression_verdict_by_quarter_hour_inserted on impression_verdict;
create trigger impression_verdict_by_quarter_hour_inserted after insert on impression_verdict
referencing new table as after
for each statement execute function verdicts_by_quarter_hour();

drop trigger if exists impression_verdict_by_quarter_hour_updated on impression_verdict;
create trigger impression_verdict_by_quarter_hour_updated after update on impression_verdict
referencing old table as before new table as after
for each statement execute function verdicts_by_quarter_hour();

drop trigger if exists impression_verdict_by_quarter_hour_deleted on impression_verdict;
create trigger impression_verdict_by_quarter_hour_deleted after delete on impression_verdict
referencing old table as before
for each statement execute function verdicts_by_quarter_hour();
