-- Records what came of attempts (record_attempts) and leases what is due, in one transaction. Several nodes may call it:
-- each endpoint is looked at by one of them at a time (its row is locked, and whoever finds it locked passes it over), so
-- that no more than `each` deliveries of one are under way over all nodes. One that fails is tried with one at a time, and
-- from room of its own, so that dead endpoints do not hold up the others.
-- Of an ordered endpoint the first message of each campaign alone is taken: the next one waits until that is done with.
create or replace function take_deliveries(results jsonb, room integer, failing_room integer, each integer, lease_ms integer)
returns table (id bigint, lease uuid, endpoint_id bigint, url text, secrets text[], webhook_id text, body text,
  type text, tries integer, failing boolean)
language plpgsql set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  well bigint[];
  ill bigint[];
  e webhook_endpoint;
  bound integer;
  picked bigint[];
begin
  if jsonb_array_length(results) > 0 then perform record_attempts(results); end if;

  well := array(
    select w.id from webhook_endpoint w
    where w.deleted_at is null and w.disabled_at is null and w.failing_since is null and exists (
      select from webhook_delivery d where d.endpoint_id = w.id and d.state = 'waiting' and d.due_at <= now())
    order by random() limit room for no key update skip locked);
  ill := array(
    select w.id from webhook_endpoint w
    where w.deleted_at is null and w.disabled_at is null and w.failing_since is not null and exists (
      select from webhook_delivery d where d.endpoint_id = w.id and d.state = 'waiting' and d.due_at <= now())
    order by random() limit failing_room for no key update skip locked);

  for e in select w.* from webhook_endpoint w where w.id = any (well || ill) loop
    bound := case when e.failing_since is null then each else 1 end - (
      select count(*) from webhook_delivery d where d.endpoint_id = e.id and d.lease is not null and d.due_at > now());
    if e.failing_since is null then bound := least(bound, greatest(1, room / cardinality(well))); end if;
    continue when bound <= 0;

    if e.ordered then
      picked := array(
        with recursive head as (
          (select d.id, d.campaign_id, d.due_at from webhook_delivery d
            where d.endpoint_id = e.id and d.state = 'waiting' order by d.campaign_id, d.message_id limit 1)
          union all
          select n.id, n.campaign_id, n.due_at from head h cross join lateral (
            select d.id, d.campaign_id, d.due_at from webhook_delivery d
            where d.endpoint_id = e.id and d.state = 'waiting' and d.campaign_id > h.campaign_id
            order by d.campaign_id, d.message_id limit 1
          ) n
        )
        select h.id from head h where h.due_at <= now() limit bound);
    else
      picked := array(
        select d.id from webhook_delivery d
        where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= now() order by d.due_at, d.id limit bound);
    end if;

    return query
    with locked as (
      select d.id from webhook_delivery d
      where d.id = any (picked) and d.state = 'waiting' and d.due_at <= now() for update skip locked
    ), leased as (
      update webhook_delivery d set lease = gen_random_uuid(), due_at = now() + make_interval(secs => lease_ms / 1000.0)
      from locked l where d.id = l.id
      returning d.id, d.lease, d.message_id, d.tries
    )
    select l.id, l.lease, e.id, e.url, array(
        select s.secret from webhook_secret s
        where s.endpoint_id = e.id and (s.expires_at is null or s.expires_at > now()) order by s.id desc limit 2),
      m.webhook_id, m.body, m.type, l.tries, e.failing_since is not null
    from leased l join webhook_message m on m.id = l.message_id
    order by l.id;
  end loop;
end
$$;
