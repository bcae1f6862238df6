-- Who does what this transaction does (act_as); null where nobody said.
create or replace function acting_user() returns bigint
language sql stable
as $$ select nullif(current_setting('campaign_pulse.actor', true), '')::bigint $$;
