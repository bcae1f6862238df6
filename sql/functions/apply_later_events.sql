-- Moves the rows of these impressions by every viewable, click and conversion that waits for them, for seven days at
-- most. A second click of an impression is accepted and counts once: the first one's time stays.
create or replace function apply_later_events(impression_events uuid[]) returns void
language plpgsql
as $$
declare
  clicked bigint[];
begin
  if not exists (
    select from impression_event w
    where w.impression_event_id = any (impression_events) and w.impression_id is null
  ) then return; end if;

  with waiting as (
    select w.event_id, w.type, w.duration_ms, w.occurred_at, i.impression_id
    from impression_event w
    join impression_event i on i.event_id = w.impression_event_id and i.type = 'impression'
    where w.impression_event_id = any (impression_events) and w.impression_id is null and i.impression_id is not null
      and w.received_at > now() - interval '7 days'
  ), joined as (
    update impression_event e set impression_id = w.impression_id from waiting w where e.event_id = w.event_id
  ), merged as (
    select impression_id,
      max(duration_ms) filter (where type = 'viewable') as duration_ms,
      min(occurred_at) filter (where type = 'click') as clicked_at,
      min(occurred_at) filter (where type = 'conversion') as converted_at
    from waiting group by impression_id
  ), changed as (
    update campaign_impressions r set
      is_viewable = r.is_viewable
        or coalesce(m.duration_ms >= 2000 or m.duration_ms >= required_view_ms(r.campaign_id, r.placement), false),
      viewable_duration = greatest(r.viewable_duration, m.duration_ms),
      clicked = r.clicked or m.clicked_at is not null,
      clicked_at = coalesce(r.clicked_at, m.clicked_at),
      converted = r.converted or m.converted_at is not null,
      converted_at = coalesce(r.converted_at, m.converted_at)
    from merged m where r.id = m.impression_id
  )
  select array_agg(impression_id) filter (where clicked_at is not null) into clicked from merged;

  if clicked is not null then perform judge_clicks(clicked); end if;
end
$$;
