-- A message of no campaign, for these endpoints: a ping, or news of an endpoint. Answers its id.
create or replace function add_webhook_message(endpoints bigint[], type text, data jsonb) returns bigint
language plpgsql
as $$
declare
  message bigint;
begin
  insert into webhook_message (type, body) values (type, webhook_body(type, now(), 0, data)) returning id into message;
  insert into webhook_delivery (endpoint_id, message_id, campaign_id)
  select id, message, 0 from unnest(endpoints) id order by id;
  perform pg_notify('campaign_pulse', 'webhooks');
  return message;
end
$$;
