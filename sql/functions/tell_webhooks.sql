-- Puts log events of campaigns into the outbox of every endpoint that wants them, in the transaction of their cause.
-- publish calls it where there is any endpoint at all. Every event on a stream of a campaign is a message, but for
--   campaign:updated on the owner's stream   the same stands on the campaign's
--   engagement:created                       see tell_webhooks_of_engagement: mostly nobody has woken its stream
-- The caller holds the campaigns' streams, so the ids of a campaign's messages grow in the order of its commits.
create or replace function tell_webhooks(streams text[], names text[], payloads jsonb[]) returns void
language plpgsql
as $$
begin
  with event as materialized (
    select nextval('webhook_message_id_seq') as id, d.campaign_id, d.name, d.data
    from (
      select substr(stream, strpos(stream, ':') + 1)::bigint as campaign_id, name, data
      from unnest(streams, names, payloads) with ordinality as u (stream, name, data, place)
      where (stream like 'campaign:%' or stream like 'advertiser:%' and name <> 'campaign:updated')
        and name <> 'engagement:created'
      order by place
    ) d
  ), wanted as materialized (
    select e.id, w.id as endpoint_id, e.campaign_id
    from event e
    left join campaign_profile p on p.id = e.campaign_id
    join webhook_endpoint w on w.deleted_at is null and w.disabled_at is null
      and (w.advertiser_id is null or w.advertiser_id = p.advertiser_id)
      and (w.events = '{}' or e.name = any (w.events))
  ), message as (
    insert into webhook_message (id, campaign_id, type, body)
    select e.id, e.campaign_id, e.name, webhook_body(e.name, now(), e.campaign_id, e.data)
    from event e where e.id in (select id from wanted) order by e.id
  )
  insert into webhook_delivery (endpoint_id, message_id, campaign_id)
  select endpoint_id, id, campaign_id from wanted order by id, endpoint_id;

  if found then perform pg_notify('campaign_pulse', 'webhooks'); end if;
end
$$;
