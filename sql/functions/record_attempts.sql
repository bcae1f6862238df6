-- What came of attempts, and of deliveries that are given back. An attempt whose lease has run out meanwhile is not
-- counted: somebody else makes it again.
--   results: [{id, lease, outcome, delayMs, status, error, durationMs, response}]
--   outcome: delivered; retry (after delayMs); failed (the schedule is at its end); gone (410: the endpoint is disabled);
--            returned (not attempted, or broken off by us)
-- An endpoint that nothing reached for five days is disabled. Locks deliveries, then endpoints by id.
create or replace function record_attempts(results jsonb) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  reached bigint[];
  missed bigint[];
  gone bigint[];
begin
  with result as (
    select * from jsonb_to_recordset(results) as r (id bigint, lease uuid, outcome text, "delayMs" float8, status integer,
      error text, "durationMs" integer, response text)
  ), held as (
    update webhook_delivery d set lease = null,
      state = case r.outcome when 'delivered' then 'delivered' when 'failed' then 'failed' when 'gone' then 'failed'
        else 'waiting' end,
      due_at = now() + make_interval(secs => coalesce(r."delayMs", 0) / 1000),
      done_at = case when r.outcome in ('delivered', 'failed', 'gone') then now() end,
      tries = d.tries + (r.outcome <> 'returned')::int, attempts = d.attempts + (r.outcome <> 'returned')::int
    from result r where d.id = r.id and d.lease = r.lease
    returning d.endpoint_id, d.id, d.attempts, r.outcome, r.status, r.error, r."durationMs" as duration_ms, r.response
  ), written as (
    insert into webhook_attempt (delivery_id, number, at, status, error, duration_ms, response)
    select id, attempts, now() - make_interval(secs => duration_ms / 1000.0), status, error, duration_ms, response
    from held where outcome <> 'returned'
  ), health as (
    select endpoint_id, bool_or(outcome = 'delivered') as well, bool_or(outcome = 'gone') as gone
    from held where outcome <> 'returned' group by endpoint_id
  )
  select coalesce(array_agg(endpoint_id) filter (where well), '{}'),
    coalesce(array_agg(endpoint_id) filter (where not well), '{}'),
    coalesce(array_agg(endpoint_id) filter (where h.gone), '{}')
  into reached, missed, gone from health h;

  -- Mostly nothing changes, and nothing is locked.
  perform from webhook_endpoint w
  where w.id = any (reached) and w.failing_since is not null or w.id = any (missed) or w.id = any (gone)
  order by w.id for no key update;
  update webhook_endpoint set failing_since = null where id = any (reached) and failing_since is not null;
  update webhook_endpoint set failing_since = now() where id = any (missed) and failing_since is null;
  perform disable_endpoint(id, 'gone') from unnest(gone) id;
  perform disable_endpoint(id, 'failing') from webhook_endpoint
  where id = any (missed) and failing_since < now() - interval '5 days';
end
$$;
