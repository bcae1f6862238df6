-- The owner of an endpoint that was just disabled is told, in the same transaction: by a message to their other endpoints
-- that want it. GET shows `disabledAt` and `disabledReason` in any case.
create or replace function tell_endpoint_disabled(endpoint bigint) returns void
language plpgsql
as $$
declare
  others bigint[];
  gone webhook_endpoint;
begin
  select * into gone from webhook_endpoint where id = endpoint;
  others := array(
    select w.id from webhook_endpoint w
    where w.id <> gone.id and w.advertiser_id is not distinct from gone.advertiser_id
      and w.deleted_at is null and w.disabled_at is null
      and (w.events = '{}' or 'endpoint:disabled' = any (w.events)));
  if cardinality(others) = 0 then return; end if;
  perform add_webhook_message(others, 'endpoint:disabled',
    jsonb_build_object('endpointId', gone.id, 'reason', gone.disabled_reason, 'at', iso(gone.disabled_at)));
end
$$;
