-- The first moment at which the clocks of a zone show this time or a later one. PostgreSQL alone takes the second of two
-- midnights where clocks go back over it (Havana), which would leave an hour to the wrong day.
create or replace function local_start(clock timestamp, zone text) returns timestamptz
language sql stable strict parallel safe
as $$
  select case
    when (t.at - interval '1 hour') at time zone zone >= clock then t.at - interval '1 hour'
    when (t.at - interval '30 minutes') at time zone zone >= clock then t.at - interval '30 minutes'
    else t.at
  end
  from (select clock at time zone zone as at) t
$$;
