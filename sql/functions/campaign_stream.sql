-- The name of a campaign's stream.
create or replace function campaign_stream(campaign_id bigint) returns text
language sql immutable strict parallel safe
as $$ select 'campaign:' || campaign_id $$;
