-- Says who does what this transaction does from here on, so that nobody is told of their own act. Whoever writes rows
-- without saying so is nobody, and all whom it concerns are told.
create or replace function act_as(actor bigint) returns void
language sql
as $$ select set_config('campaign_pulse.actor', coalesce(actor::text, ''), true) $$;
