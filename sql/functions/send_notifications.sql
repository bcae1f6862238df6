-- Puts notifications of these users into the outbox of the endpoints that they made themselves, where their preferences say
-- so: each at once, and what grows again once it was `every` ago that it was sent, with its count by then. The caller holds
-- the users' streams. Answers how many messages were made.
create or replace function send_notifications(users bigint[], every interval default '1 minute') returns integer
language plpgsql set plan_cache_mode = force_custom_plan
as $$
declare
  grown notification[];
begin
  if not exists (
    select from notification n where n.webhook and n.read_at is null and n.sent <> n.count and n.user_id = any (users)
  ) then return 0; end if;
  with due as (
    update notification n
    set sent = n.count, sent_at = case when n.count > n.sent then clock_timestamp() else n.sent_at end
    from notification b
    where b.id = n.id and n.user_id = any (users) and n.webhook and n.read_at is null and n.sent <> n.count
      and (n.count < n.sent or n.sent_at is null or n.sent_at <= clock_timestamp() - every)
    returning n.*, b.sent as before
  )
  select array_agg(n order by d.updated_at, d.id) into grown
  from due d join notification n on n.id = d.id where d.count > d.before;
  return (
    select count(add_webhook_message(e.endpoints, 'notification:created', notification_document(n)))
    from unnest(grown) n
    cross join lateral (
      select array_agg(w.id order by w.id) as endpoints from webhook_endpoint w
      where w.created_by = n.user_id and w.deleted_at is null and w.disabled_at is null
        and (w.events = '{}' or 'notification:created' = any (w.events))
    ) e
    where e.endpoints is not null);
end
$$;
