-- A delivery as its endpoint's owner sees it: what was sent, and what came of each attempt, the newest last.
create or replace function delivery_document(d webhook_delivery) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('id', d.id, 'messageId', m.webhook_id, 'type', m.type,
    'campaignId', nullif(m.campaign_id, 0), 'state', d.state,
    'status', (select a.status from webhook_attempt a where a.delivery_id = d.id order by a.number desc limit 1),
    'body', m.body, 'createdAt', iso(d.created_at), 'deliveredAt', case d.state when 'delivered' then iso(d.done_at) end,
    'nextAttemptAt', case when d.state = 'waiting' and d.lease is null then iso(d.due_at) end,
    'attempts', coalesce((
      select jsonb_agg(jsonb_build_object('at', iso(a.at), 'status', a.status, 'error', a.error,
        'durationMs', a.duration_ms, 'response', a.response) order by a.number)
      from (select * from webhook_attempt where delivery_id = d.id order by number desc limit 50) a), '[]'))
  from webhook_message m where m.id = d.message_id
$$;
