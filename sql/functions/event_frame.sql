-- A log event as it stands in a replay.
create or replace function event_frame(e live_event, epoch text) returns text
language sql stable parallel safe
as $$
  select format('{"name":%s,"stream":%s,"epoch":%s,"seq":%s,"at":"%s","data":%s}',
    to_json(e.name), to_json(e.stream), to_json(epoch), e.seq, iso(e.at), e.data)
$$;
