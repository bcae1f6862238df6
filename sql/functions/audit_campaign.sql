-- Everything derived about one campaign against a recount from the five tables (and the side tables of statuses and
-- verdicts): one row for each value that differs. Stable: all of it is read in the caller's one snapshot, so it may run
-- while others write.
create or replace function audit_campaign(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'campaign_counters', campaign::text, (to_jsonb(c) - 'version')::text, (to_jsonb(t) - 'version')::text
  from campaign_counters_from_raw(campaign, 0) t
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
  select 'is_unique_impression', f.id::text, f.flagged::text, f.is_first::text
  from first_impressions(campaign) f
  where f.flagged is distinct from f.is_first

  union all
  select 'live_stream', s.stream, format('head %s', s.head), format('%s events from %s to %s', e.events, e.first, e.last)
  from live_stream s, lateral (
    select count(*) as events, min(seq) as first, max(seq) as last, max(version) as version
    from live_event e where e.stream = s.stream
  ) e
  where s.stream = campaign_stream(campaign)
    and (e.events > 0 and (e.last <> s.head or e.events <> e.last - e.first + 1) or e.version > s.version)

  union all
  select 'comment_state', s.comment_id::text, to_jsonb(s)::text, 'a comment of campaign ' || coalesce(e.campaign_id::text, '?')
  from comment_state s left join campaign_engagement e on e.id = s.comment_id and e.engagement_type = 'comment'
  where s.campaign_id = campaign and e.campaign_id is distinct from s.campaign_id
$$;
