-- A verdict and its impression may go in one statement (two CTEs), whose triggers see neither row any more. What the
-- verdict said is kept from before its row goes until the impression is uncounted; verdicts that impressions_deleted takes
-- along itself were read there, and need none of this.
create or replace function verdict_going() returns trigger
language plpgsql
as $$
begin
  insert into verdict_gone (impression_id, class) values (old.impression_id, old.class)
  on conflict (impression_id) do update set class = excluded.class, gone_in = excluded.gone_in;
  return old;
end
$$;

drop trigger if exists verdict_going on impression_verdict;
create trigger verdict_going before delete on impression_verdict
for each row when (pg_trigger_depth() = 0) execute function verdict_going();

-- Where the impression stays, its verdict's own triggers count it. (By its name this runs after them.)
create or replace function verdict_went() returns trigger
language plpgsql
as $$
begin
  delete from verdict_gone g using before b
  where g.impression_id = b.impression_id
    and exists (select from campaign_impressions i where i.id = g.impression_id);
  return null;
end
$$;

drop trigger if exists verdict_went on impression_verdict;
create trigger verdict_went after delete on impression_verdict
referencing old table as before
for each statement execute function verdict_went();
