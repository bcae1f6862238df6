-- Every stream against itself (audit_stream), of campaigns and of whatever else has one: also those that only the log or
-- the outbox names. Stable, so all of it is read in the caller's one snapshot.
create or replace function audit_streams()
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select a.projection, a.key, a.stored, a.counted
  from (
    select stream from live_stream
    union select stream from live_event
    union select stream from live_outbox
  ) known, lateral audit_stream(known.stream) a
$$;
