-- ISO 8601 in UTC with all six digits, so that comparing the strings is comparing the times.
create or replace function iso(moment timestamptz) returns text
language sql stable strict parallel safe
as $$ select to_char(moment at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;
