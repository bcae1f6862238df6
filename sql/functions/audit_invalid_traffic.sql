-- The counts of invalid traffic of one campaign against a recount (see audit_campaign).
create or replace function audit_invalid_traffic(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'campaign_invalid_counters', coalesce(c.class, t.class), to_jsonb(c)::text, to_jsonb(t)::text
  from campaign_invalid_counters_from_raw(campaign) t
  full join (select * from campaign_invalid_counters where campaign_id = campaign) c on c.class = t.class
  where to_jsonb(c) is distinct from to_jsonb(t)
  union all
  select 'campaign_invalid_viewers', coalesce(v.viewer, t.viewer), v.impressions::text, t.impressions::text
  from campaign_invalid_viewers_from_raw(campaign) t
  full join (select * from campaign_invalid_viewers where campaign_id = campaign) v on v.viewer = t.viewer
  where v.impressions is distinct from t.impressions
$$;
