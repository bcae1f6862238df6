-- A verdict that comes or goes, whoever wrote it: the impression is uncounted, or counted again, and its viewer may have
-- another first one. A verdict that is written in one statement with its impression was never counted: the impression's
-- own trigger leaves it out.
create or replace function count_verdicts(sign integer, impressions bigint[]) returns void
language plpgsql
as $$
declare
  changes impression_change[];
begin
  -- Whoever changes one of them at the same time counts it before us, or sees the verdict.
  perform from campaign_impressions where id = any (impressions) order by id for no key update;
  changes := array(
    select impression_change_of(sign, i) from campaign_impressions i where i.id = any (impressions) order by i.id);
  if cardinality(changes) = 0 then return; end if;
  perform publish(apply_impression_changes(changes), '{}', '{}', '{}');
  perform flag_first_impressions(
    array(select campaign_id from unnest(changes) order by id), array(select viewer from unnest(changes) order by id));
end
$$;

create or replace function impression_verdict_changed() returns trigger
language plpgsql
as $$
begin
  if tg_op = 'DELETE' then
    perform count_verdicts(1, array(select impression_id from before));
  else
    perform count_verdicts(-1, array(
      select a.impression_id from after a
      join impression_verdict v on v.impression_id = a.impression_id
      join campaign_impressions i on i.id = a.impression_id
      where (i.xmin, i.cmin::text) is distinct from (v.xmin, v.cmin::text)));
  end if;
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
