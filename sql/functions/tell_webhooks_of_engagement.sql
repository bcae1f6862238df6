-- The same for engagement that is new to its campaign's owner. By itself, because an owner's stream that nobody ever
-- opened logs none of it. The callers ask whether anybody at all wants it, so that others pay nothing.
create or replace function tell_webhooks_of_engagement(ids bigint[]) returns void
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  with event as materialized (
    select nextval('webhook_message_id_seq') as id, e.campaign_id, e.engagement, e.endpoints
    from (
      select e.campaign_id, row(e.*)::campaign_engagement as engagement, array(
          select w.id from webhook_endpoint w
          where w.deleted_at is null and w.disabled_at is null
            and (w.advertiser_id is null or w.advertiser_id = p.advertiser_id)
            and (w.events = '{}' or 'engagement:created' = any (w.events))
          order by w.id) as endpoints
      from campaign_engagement e left join campaign_profile p on p.id = e.campaign_id
      where e.id = any (ids)
      order by e.id
    ) e
    where cardinality(e.endpoints) > 0
  ), message as (
    insert into webhook_message (id, campaign_id, type, body)
    select id, campaign_id, 'engagement:created',
      webhook_body('engagement:created', now(), campaign_id, engagement_document(engagement))
    from event order by id
  )
  insert into webhook_delivery (endpoint_id, message_id, campaign_id)
  select w.endpoint_id, e.id, e.campaign_id from event e, unnest(e.endpoints) w (endpoint_id) order by e.id, w.endpoint_id;

  if found then perform pg_notify('campaign_pulse', 'webhooks'); end if;
end
$$;
