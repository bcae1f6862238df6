-- A verdict that comes or goes, whoever wrote it: the impression moves between the counts of valid and of invalid traffic,
-- and its viewer may have another first one. A verdict that is written in one statement with its impression is counted by
-- the impression's own trigger.
drop function if exists count_verdicts(integer, bigint[]);
create or replace function count_verdicts(sign integer, impressions bigint[], classes text[]) returns void
language plpgsql
as $$
declare
  changes impression_change[];
  invalid invalid_change[];
begin
  -- Whoever changes one of them at the same time counts it before us, or sees the verdict.
  perform from campaign_impressions where id = any (impressions) order by id for no key update;
  changes := array(
    select impression_change_of(sign, i) from campaign_impressions i where i.id = any (impressions) order by i.id);
  if cardinality(changes) = 0 then return; end if;
  invalid := array(
    select invalid_change_of(-sign, k.class, i)
    from unnest(impressions, classes) k (id, class) join campaign_impressions i on i.id = k.id);
  perform publish(count_traffic(changes, invalid), '{}', '{}', '{}');
end
$$;

-- The viewers of these impressions have their first valid one flagged. Called once all that the statement judged or
-- acquitted is counted as it was flagged before: what becomes of a flag afterwards is counted by the impression's trigger,
-- as of one that is valid or invalid now.
create or replace function flag_judged(impressions bigint[]) returns void
language sql
as $$
  select flag_first_impressions(array_agg(i.campaign_id), array_agg(impression_viewer(i.user_id, i.session_id)))
  from campaign_impressions i where i.id = any (impressions) having count(*) > 0
$$;

create or replace function impression_verdict_changed() returns trigger
language plpgsql
as $$
declare
  ids bigint[];
  classes text[];
begin
  if tg_op = 'DELETE' then
    select array_agg(impression_id), array_agg(class) into ids, classes from before;
    perform count_verdicts(1, ids, classes);
  else
    if not exists (select from after) then return null; end if; -- as in most batches of impressions
    select array_agg(a.impression_id), array_agg(a.class) into ids, classes
    from after a
    join impression_verdict v on v.impression_id = a.impression_id
    join campaign_impressions i on i.id = a.impression_id
    where (i.xmin, i.cmin::text) is distinct from (v.xmin, v.cmin::text);
    perform count_verdicts(-1, ids, classes);
  end if;
  perform flag_judged(ids);
  return null;
end
$$;

-- A verdict of another class moves the count between the classes; one of another impression is one that went and one that
-- came.
create or replace function impression_verdict_updated() returns trigger
language plpgsql
as $$
declare
  ids bigint[];
  classes text[];
  moved bigint[];
  invalid invalid_change[];
begin
  select array_agg(b.impression_id), array_agg(b.class) into ids, classes
  from before b where not exists (select from after a where a.impression_id = b.impression_id);
  perform count_verdicts(1, ids, classes);
  moved := ids;
  select array_agg(a.impression_id), array_agg(a.class) into ids, classes
  from after a where not exists (select from before b where b.impression_id = a.impression_id);
  perform count_verdicts(-1, ids, classes);
  perform flag_judged(moved || ids);

  select array_agg(a.impression_id) into ids
  from before b join after a using (impression_id) where a.class <> b.class;
  perform from campaign_impressions where id = any (ids) order by id for no key update;
  invalid := array(
    select invalid_change_of(c.sign, c.class, i)
    from before b join after a using (impression_id) join campaign_impressions i on i.id = impression_id,
    lateral (values (-1, b.class), (1, a.class)) c (sign, class)
    where a.class <> b.class);
  if cardinality(invalid) > 0 then perform publish(count_traffic('{}', invalid), '{}', '{}', '{}'); end if;
  return null;
end
$$;

drop trigger if exists impression_verdict_inserted on impression_verdict;
create trigger impression_verdict_inserted after insert on impression_verdict
referencing new table as after
for each statement execute function impression_verdict_changed();

drop trigger if exists impression_verdict_deleted on impression_verdict;
create trigger impression_verdict_deleted after delete on impression_verdict
referencing old table as before
for each statement execute function impression_verdict_changed();

drop trigger if exists impression_verdict_updated on impression_verdict;
create trigger impression_verdict_updated after update on impression_verdict
referencing old table as before new table as after
for each statement execute function impression_verdict_updated();

create or replace function impression_verdict_truncated() returns trigger
language plpgsql
as $$
begin
  if not exists (select from campaign_impressions) then return null; end if; -- truncated along with them, and done there
  perform rebuild_campaign(id) from (
    select p.id from campaign_profile p
    where exists (select from campaign_impressions i where i.campaign_id = p.id) order by campaign_stream(p.id)
  ) counted;
  return null;
end
$$;

drop trigger if exists impression_verdict_truncated on impression_verdict;
create trigger impression_verdict_truncated after truncate on impression_verdict
for each statement execute function impression_verdict_truncated();
