-- The most impressions that one closing charges: some 30 µs each, within the minute that a closing may take.
create or replace function closing_bound() returns bigint
language sql immutable parallel safe
as $$ select 500000::bigint $$;
