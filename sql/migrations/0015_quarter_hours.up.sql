-- The grain of statistics: every time zone of today is a whole number of quarter hours away from UTC, so a day, a week or
-- a month of anybody's is a whole number of these. Invalid traffic is in it, by its class, with no spend: nobody is
-- charged for it. A dimension nobody named is the empty string, so that the key can be unique.
create table impression_quarter_hourly (
  campaign_id bigint not null,
  quarter_hour timestamptz not null,
  placement text not null default '',
  audience text not null default '',
  region text not null default '',
  device_type text not null default '',
  location text not null default '',
  traffic_class text not null default 'valid',
  impressions bigint not null default 0,
  viewable bigint not null default 0,
  clicks bigint not null default 0,
  conversions bigint not null default 0,
  spend numeric(20, 6) not null default 0,
  constraint impression_quarter_hourly_is_one_a_cell primary key
    (campaign_id, quarter_hour, placement, audience, region, device_type, location, traffic_class)
);

comment on column impression_quarter_hourly.traffic_class is 'valid, or the class of the verdict';

-- Distinct people of a range, and what lies within a quarter hour, are read from the rows themselves.
create index campaign_impressions_by_time on campaign_impressions (campaign_id, created_at);
