-- What is older than 30 days goes, and what belongs to endpoints that were deleted: at most `most` messages and `most`
-- deliveries a call, `more` says that there may be more. A failing endpoint that more than `backlog` deliveries wait for is
-- disabled, and any that ten times as many wait for, so that nobody's receiver fills the database.
create or replace function keep_webhooks(most integer, backlog integer)
returns table (forgotten bigint, disabled bigint, more boolean)
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  messages bigint;
  deliveries bigint;
begin
  delete from webhook_message where id in (
    select m.id from webhook_message m where m.created_at < now() - interval '30 days' order by m.created_at limit most);
  get diagnostics messages = row_count;
  delete from webhook_delivery where id in (
    select d.id from webhook_endpoint w join webhook_delivery d on d.endpoint_id = w.id
    where w.deleted_at is not null limit most);
  get diagnostics deliveries = row_count;
  delete from webhook_endpoint w
  where w.deleted_at < now() - interval '30 days' and not exists (select from webhook_delivery d where d.endpoint_id = w.id);
  delete from webhook_secret where expires_at < now();

  select count(*) filter (where disable_endpoint(w.id, 'backlog')) into disabled
  from webhook_endpoint w
  cross join lateral (select case when w.failing_since is null then 10 else 1 end * backlog) b (bound)
  where w.deleted_at is null and w.disabled_at is null and b.bound < (
    select count(*) from (
      select from webhook_delivery d where d.endpoint_id = w.id and d.state = 'waiting' limit b.bound + 1) waiting);
  forgotten := messages + deliveries;
  more := greatest(messages, deliveries) = most;
  return next;
end
$$;
