-- A verdict of invalid on impressions that were billed: they are credited. Named so that it runs before the trigger that
-- uncounts them and locks their rows.
--   1. what is seen to be charged: locked in the order of all billing, profiles before streams
--   2. under the streams of all of them: a closing that was under way is over, and what it charged is seen now
-- A verdict that comes with its impression finds nothing, and takes no lock that its writer does not take anyway.
create or replace function impression_credited() returns trigger
language plpgsql
as $$
declare
  campaigns bigint[];
begin
  campaigns := array(
    select distinct l.campaign_id from after a join invoice_impression l using (impression_id) order by 1);
  if cardinality(campaigns) > 0 then perform lock_billing(campaigns); end if;
  campaigns := array(
    select distinct i.campaign_id from after a join campaign_impressions i on i.id = a.impression_id order by 1);
  perform lock_streams(array(select campaign_stream(id) from unnest(campaigns) id order by 1));
  if exists (select from after a join invoice_impression l using (impression_id)) then
    perform credit_impressions(array(select impression_id from after));
  end if;
  return null;
end
$$;

drop trigger if exists impression_credited on impression_verdict;
create trigger impression_credited after insert on impression_verdict
referencing new table as after
for each statement execute function impression_credited();
