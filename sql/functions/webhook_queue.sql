-- What waits for endpoints that are in use, up to 100,000 of each, and since when the oldest has been due.
create or replace function webhook_queue() returns table (waiting bigint, oldest_seconds float8)
language sql stable
as $$
  select coalesce(sum(q.waiting), 0)::bigint,
    coalesce(extract(epoch from now() - least(now(), min(q.due_at))), 0)::float8
  from webhook_endpoint w
  cross join lateral (
    select count(*) as waiting, min(d.due_at) as due_at from (
      select d.due_at from webhook_delivery d where d.endpoint_id = w.id and d.state = 'waiting'
      order by d.due_at limit 100000
    ) d
  ) q
  where w.deleted_at is null and w.disabled_at is null
$$;
