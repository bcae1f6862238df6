-- A verdict of invalid on impressions that were billed: they are credited, also where the verdict is moved to one by an
-- update. Named so that it runs before the triggers that count: here the locks are taken, in the order of all billing
-- (profiles, streams, then rows), and what locks impressions afterwards holds their streams.
--   1. the campaigns of all that is judged, billed or not: a closing that is under way may be charging it
--   2. under the locks: that closing is over, and what it charged is seen now
-- A verdict that comes with its impression finds nothing, and takes no lock that its writer does not take anyway.
create or replace function impression_credited() returns trigger
language plpgsql
as $$
declare
  judged bigint[];
begin
  if tg_op = 'DELETE' then
    perform lock_streams(array(
      select distinct campaign_stream(i.campaign_id) from before b join campaign_impressions i on i.id = b.impression_id
      order by 1));
    return null;
  elsif tg_op = 'UPDATE' then
    perform lock_billing(array(
      select distinct i.campaign_id from (select impression_id from before union select impression_id from after) k
      join campaign_impressions i on i.id = k.impression_id order by 1));
    judged := array(
      select a.impression_id from after a
      where not exists (select from before b where b.impression_id = a.impression_id) order by 1);
  else
    if not exists (select from after) then return null; end if; -- as in most batches of impressions
    perform lock_billing(array(
      select distinct i.campaign_id from after a
      join impression_verdict v on v.impression_id = a.impression_id
      join campaign_impressions i on i.id = a.impression_id
      where (i.xmin, i.cmin::text) is distinct from (v.xmin, v.cmin::text) order by 1));
    judged := array(select impression_id from after order by 1);
  end if;
  if exists (select from invoice_impression where impression_id = any (judged)) then
    perform credit_impressions(judged, 'invalid traffic');
  end if;
  return null;
end
$$;

drop trigger if exists impression_credited on impression_verdict;
create trigger impression_credited after insert on impression_verdict
referencing new table as after
for each statement execute function impression_credited();

drop trigger if exists impression_credited_deleted on impression_verdict;
create trigger impression_credited_deleted after delete on impression_verdict
referencing old table as before
for each statement execute function impression_credited();

drop trigger if exists impression_credited_updated on impression_verdict;
create trigger impression_credited_updated after update on impression_verdict
referencing old table as before new table as after
for each statement execute function impression_credited();
