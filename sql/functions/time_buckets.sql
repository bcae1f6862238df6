-- Where the minutes, hours, days, weeks (from Monday) or months of a zone begin that share anything with [since, until).
-- The first may begin before `since`. An hour ends where the clocks show another, so the hour that is shown twice is two
-- buckets, one that is left out none, and a day has 23, 24 or 25 of them. True from 1975 on, when the last zone came to
-- whole quarter hours.
create or replace function time_buckets(since timestamptz, until timestamptz, grain text, zone text)
returns setof timestamptz
language plpgsql stable
as $$
begin
  case grain
    when 'minute' then
      return query select generate_series(date_trunc('minute', since), until - interval '1 microsecond', '1 minute');
    when 'hour' then
      return query
      with shown as (
        select t, t at time zone zone as clock, lag(t at time zone zone) over (order by t) as before
        from generate_series(quarter_hour_of(since) - interval '2 hours', until - interval '1 microsecond', '15 minutes') t
      ), starts as (
        select t from shown
        where extract(minute from clock) = 0 or date_trunc('hour', clock) <> date_trunc('hour', before)
      )
      select t from starts where t >= (select max(e.t) from starts e where e.t <= since) order by t;
    else
      return query
      select distinct s.at from (
        select local_start(clock, zone) as at
        from generate_series(date_trunc(grain, since at time zone zone), until at time zone zone, ('1 ' || grain)::interval) clock
      ) s where s.at < until order by s.at;
  end case;
end
$$;
