-- A state as it stands in the answer to a subscribe.
create or replace function state_frame(name text, stream text, version bigint, head bigint, data jsonb) returns text
language sql stable parallel safe
as $$
  select format('{"name":%s,"stream":%s,"version":%s,"seq":%s,"at":"%s","data":%s}',
    to_json(name), to_json(stream), version, head, iso(clock_timestamp()), data)
$$;
