-- The lock order of the whole database, written once: tables, then streams by name, then the rows counted under them.
-- Two writers over many campaigns then queue and never deadlock. (`update … from` takes its locks in no order.)
create or replace function lock_streams(names text[]) returns void
language plpgsql
as $$
declare
  held integer;
begin
  perform lock_tables();
  select count(*) into held
  from (select 1 from live_stream where stream = any (names) order by stream for no key update) locked;
  if held < (select count(distinct name) from unnest(names) name) then
    insert into live_stream (stream) select distinct name from unnest(names) name order by name
    on conflict do nothing;
    perform 1 from live_stream where stream = any (names) order by stream for no key update;
  end if;
end
$$;
