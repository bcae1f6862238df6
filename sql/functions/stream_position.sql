-- Where a stream stands, as `?after=` and a subscriber name it.
create or replace function stream_position(name text) returns jsonb
language sql stable
as $$ select jsonb_build_object('stream', stream, 'epoch', epoch, 'seq', head) from live_stream where stream = name $$;
