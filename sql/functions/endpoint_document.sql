-- An endpoint as its owner sees it: never a secret.
create or replace function endpoint_document(w webhook_endpoint) returns jsonb
language sql stable parallel safe
as $$
  select jsonb_build_object('id', w.id, 'url', w.url, 'events', to_jsonb(w.events), 'ordered', w.ordered,
    'advertiserId', w.advertiser_id, 'createdAt', iso(w.created_at), 'failingSince', iso(w.failing_since),
    'disabledAt', iso(w.disabled_at), 'disabledReason', w.disabled_reason)
$$;
