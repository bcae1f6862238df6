-- An impression row as a change to be counted.
create or replace function impression_change_of(sign integer, i campaign_impressions) returns impression_change
language sql stable parallel safe
as $$
  select row(sign, i.id, i.campaign_id, impression_viewer(i.user_id, i.session_id),
    coalesce(i.is_unique_impression, false), coalesce(i.is_viewable, false), coalesce(i.clicked, false),
    coalesce(i.converted, false), coalesce(i.cpi_rate, 0), date_trunc('hour', i.created_at, 'UTC'),
    coalesce(i.placement, ''), coalesce(i.audience, ''), coalesce(i.region, ''), coalesce(i.device_type, '')
  )::impression_change
$$;
