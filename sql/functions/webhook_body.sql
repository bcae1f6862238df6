-- What is sent: {type, timestamp, data}, once and for all attempts. `data` names its campaign. What is too long for a
-- receiver (256 kB) is told without its content.
create or replace function webhook_body(type text, at timestamptz, campaign bigint, data jsonb) returns text
language sql stable parallel safe
as $$
  select format('{"type":%s,"timestamp":"%s","data":%s}', to_json(type), iso(at),
    case when octet_length(data::text) <= 262144
      then case when campaign > 0 then jsonb_build_object('campaignId', campaign) else '{}' end || data
      else jsonb_build_object('campaignId', campaign, 'id', data->'id', 'tooLarge', true) end)
$$;
