-- Takes an endpoint out of use; what waits for it stays. Nothing happens where it is disabled or deleted already.
--   gone: it answered 410; failing: nothing reached it for five days; backlog: too much waits for it
create or replace function disable_endpoint(endpoint bigint, reason text) returns boolean
language plpgsql
as $$
begin
  update webhook_endpoint set disabled_at = now(), disabled_reason = reason
  where id = endpoint and disabled_at is null and deleted_at is null;
  if not found then return false; end if;
  perform tell_endpoint_disabled(endpoint);
  return true;
end
$$;
