-- The name of the stream that a campaign's owner watches. Everything logged there is written under the lock of the
-- campaign's own stream, so this one is never locked by itself, and its seq and version need no other guard.
create or replace function advertiser_stream(campaign_id bigint) returns text
language sql immutable strict parallel safe
as $$ select 'advertiser:' || campaign_id::text $$;
