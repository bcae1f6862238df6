-- What stands beside the rows of one campaign and has to agree with them: statuses, channels, and what was accepted over
-- HTTP of its impressions.
create or replace function audit_side_tables(campaign bigint)
returns table (projection text, key text, stored text, counted text)
language sql stable
as $$
  select 'comment_state', s.comment_id::text, format('%s, of campaign %s', s.status, s.campaign_id),
    format('a %s of campaign %s', e.engagement_type, e.campaign_id)
  from campaign_engagement e join comment_state s on s.comment_id = e.id
  where e.campaign_id = campaign and (e.engagement_type <> 'comment' or s.campaign_id <> e.campaign_id)
  union all
  select 'share_channel', c.share_id::text, c.channel, 'a ' || e.engagement_type
  from campaign_engagement e join share_channel c on c.share_id = e.id
  where e.campaign_id = campaign and e.engagement_type <> 'share'
  union all
  -- A later event that was joined to its impression moved it.
  select 'impression_event', v.event_id::text, v.type,
    format('impression %s: viewable %s for %s ms, clicked %s, converted %s', r.id, r.is_viewable,
      coalesce(r.viewable_duration, 0), r.clicked, r.converted)
  from campaign_impressions r join impression_event v on v.impression_id = r.id
  where r.campaign_id = campaign and not case v.type
    -- A short view of a video is none.
    when 'viewable' then (r.is_viewable or v.duration_ms < 2000)
      and coalesce(r.viewable_duration, 0) >= coalesce(v.duration_ms, 0)
    when 'click' then r.clicked
    when 'conversion' then r.converted
    else true end
  union all
  -- One that still waits though its impression is there. (What waited longer than seven days was given up.)
  select 'impression_event', w.event_id::text, w.type || ', waiting', format('impression %s', r.id)
  from campaign_impressions r
  join impression_event v on v.impression_id = r.id and v.type = 'impression'
  join impression_event w on w.impression_event_id = v.event_id and w.impression_id is null
  where r.campaign_id = campaign and w.received_at > now() - interval '7 days'
$$;
