-- The name of a campaign's stream. (`text || bigint` is not immutable and could not be inlined; the cast can.)
create or replace function campaign_stream(campaign_id bigint) returns text
language sql immutable strict parallel safe
as $$ select 'campaign:' || campaign_id::text $$;
