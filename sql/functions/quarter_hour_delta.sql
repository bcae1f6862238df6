-- One impression as what it adds to (sign 1) or takes from (sign -1) its cell; `class` is its verdict's, null: valid.
create or replace function quarter_hour_delta(sign integer, i campaign_impressions, class text)
returns impression_quarter_hourly
language sql immutable parallel safe
as $$
  select row(i.campaign_id, date_bin('15 minutes', i.created_at, timestamptz '2000-01-01 00:00+00'),
    coalesce(i.placement, ''), coalesce(i.audience, ''), coalesce(i.region, ''), coalesce(i.device_type, ''),
    coalesce(i.location, ''), coalesce(class, 'valid'), sign, case when i.is_viewable then sign else 0 end,
    case when i.clicked then sign else 0 end, case when i.converted then sign else 0 end,
    case when class is null then sign * coalesce(i.cpi_rate, 0) else 0 end)::impression_quarter_hourly
$$;
