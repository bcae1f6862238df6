-- The name of the stream of what concerns one user alone.
create or replace function user_stream(user_id bigint) returns text
language sql immutable strict parallel safe
as $$ select 'user:' || user_id::text $$;
