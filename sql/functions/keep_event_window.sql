-- Daily partitions of live_event: made three days ahead, dropped whole once all of a day lies outside the window.
-- One caller at a time; a day that the default partition already holds rows of stays there.
create or replace function keep_event_window(window_hours integer) returns void
language plpgsql set timezone = 'UTC'
as $$
declare
  day date;
  old record;
begin
  if not pg_try_advisory_xact_lock(hashtext('keep_event_window')) then return; end if;

  for day in select generate_series(current_date, current_date + 3, interval '1 day')::date loop
    if to_regclass(format('live_event_%s', to_char(day, 'YYYYMMDD'))) is null
      and not exists (select from live_event_default where at >= day and at < day + 1) then
      execute format('create table live_event_%s partition of live_event for values from (%L) to (%L)',
        to_char(day, 'YYYYMMDD'), day::timestamptz, (day + 1)::timestamptz);
    end if;
  end loop;

  for old in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'live_event'::regclass and c.relname ~ '^live_event_\d{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') + 1 < now() - make_interval(hours => window_hours)
  loop
    execute format('select lock_streams(guards_of(array(select distinct stream from %I)))', old.relname);
    execute format('update live_stream s set kept_from = greatest(s.kept_from, gone.last + 1)
      from (select stream, max(seq) as last from %I group by stream) gone where s.stream = gone.stream', old.relname);
    execute format('drop table %I', old.relname);
  end loop;
  perform lock_streams(guards_of(array(select distinct stream from live_event_default
    where at < now() - make_interval(hours => window_hours))));
  with gone as (
    delete from live_event_default where at < now() - make_interval(hours => window_hours) returning stream, seq
  )
  update live_stream s set kept_from = greatest(s.kept_from, g.last + 1)
  from (select stream, max(seq) as last from gone group by stream) g where s.stream = g.stream;
  delete from comment_likes_before where at < now() - make_interval(hours => window_hours);
end
$$;
