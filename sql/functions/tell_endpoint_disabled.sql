-- The owner of an endpoint that was just disabled is told, in the same transaction: by a notification to who made it and to
-- the users of its advertiser, and by a message to their other endpoints that want it. Its address is told to nobody: it may
-- hold a secret.
create or replace function tell_endpoint_disabled(endpoint bigint) returns void
language plpgsql
as $$
declare
  others bigint[];
  gone webhook_endpoint;
begin
  select * into gone from webhook_endpoint where id = endpoint;
  insert into notification_note (user_id, kind, group_key, data)
  select o.user_id, 'endpoint_disabled', 'endpoint_disabled:' || gone.id,
    jsonb_build_object('endpointId', gone.id, 'reason', gone.disabled_reason, 'at', iso(gone.disabled_at))
  from (
    select gone.created_by as user_id
    union
    select m.user_id from advertiser_member m where m.advertiser_id = gone.advertiser_id
  ) o order by 1;
  others := array(
    select w.id from webhook_endpoint w
    where w.id <> gone.id and w.advertiser_id is not distinct from gone.advertiser_id
      and w.deleted_at is null and w.disabled_at is null
      and (w.events = '{}' or 'endpoint:disabled' = any (w.events)));
  if cardinality(others) > 0 then
    perform add_webhook_message(others, 'endpoint:disabled',
      jsonb_build_object('endpointId', gone.id, 'reason', gone.disabled_reason, 'at', iso(gone.disabled_at)));
  end if;
end
$$;
