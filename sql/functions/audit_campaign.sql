-- Everything derived about one campaign against a recount from the five tables (and the side tables of statuses and
-- verdicts), what stands beside its rows, and its streams: one row for each value that differs. Of a campaign that is not
-- there nothing may be left. Stable: all of it is read in the caller's one snapshot, so it may run while others write.
create or replace function audit_campaign(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'campaign_counters', campaign::text, (to_jsonb(c) - 'version')::text, (to_jsonb(t) - 'version')::text
  from (
    select r.* from campaign_counters_from_raw(campaign, 0) r
    where exists (select from campaign_profile p where p.id = campaign)
  ) t
  full join (select * from campaign_counters where campaign_id = campaign) c on true
  where to_jsonb(c) - 'version' is distinct from to_jsonb(t) - 'version'

  union all
  select 'comment_counters', coalesce(c.comment_id, t.comment_id)::text,
    (to_jsonb(c) - 'version')::text, (to_jsonb(t) - 'version')::text
  from comment_counters_from_raw(campaign, 0) t
  full join (select * from comment_counters where campaign_id = campaign) c on c.comment_id = t.comment_id
  where (c.comment_id, c.parent_id, c.depth, c.created_at, c.likes, c.replies, c.descendants)
    is distinct from (t.comment_id, t.parent_id, t.depth, t.created_at, t.likes, t.replies, t.descendants)

  union all
  select 'campaign_viewers', coalesce(v.viewer, t.viewer), v.impressions::text, t.impressions::text
  from campaign_viewers_from_raw(campaign) t
  full join (select * from campaign_viewers where campaign_id = campaign) v on v.viewer = t.viewer
  where v.impressions is distinct from t.impressions

  union all
  select 'impression_hourly',
    concat_ws(' ', coalesce(h.hour, t.hour), coalesce(h.placement, t.placement), coalesce(h.audience, t.audience),
      coalesce(h.region, t.region), coalesce(h.device_type, t.device_type)),
    to_jsonb(h)::text, to_jsonb(t)::text
  from impression_hourly_from_raw(campaign) t
  full join (
    select * from impression_hourly
    where campaign_id = campaign
      and (impressions, viewable, clicks, conversions, uniques, spend) <> (0, 0, 0, 0, 0, 0)
  ) h on (h.hour, h.placement, h.audience, h.region, h.device_type)
    = (t.hour, t.placement, t.audience, t.region, t.device_type)
  where to_jsonb(h) is distinct from to_jsonb(t)

  union all
  select q.projection, q.key, q.stored, q.counted from audit_quarter_hours(campaign) q

  union all
  select 'is_unique_impression', f.id::text, f.flagged::text, f.is_first::text
  from first_impressions(campaign) f
  where f.flagged is distinct from f.is_first

  union all
  select 'live_stream', s.stream, format('version %s', s.version), format('version %s of %s', c.version, c.name)
  from live_stream s, lateral (
    select 'campaign_counters' as name, k.version from campaign_counters k where k.campaign_id = campaign
    union all
    select 'comment_counters', max(k.version) from comment_counters k where k.campaign_id = campaign and k.version > 0
  ) c
  where s.stream = campaign_stream(campaign) and c.version > s.version

  union all
  select a.projection, a.key, a.stored, a.counted
  from unnest(array[campaign_stream(campaign), advertiser_stream(campaign)]) stream, audit_stream(stream) a
  where exists (select from campaign_profile p where p.id = campaign)
  union all
  select a.projection, a.key, a.stored, a.counted from audit_side_tables(campaign) a
  union all
  select a.projection, a.key, a.stored, a.counted from audit_invalid_traffic(campaign) a
  union all
  select a.projection, a.key, a.stored, a.counted from audit_billing(campaign) a
  union all
  select a.projection, a.key, a.stored, a.counted from audit_moderation(campaign) a
$$;
