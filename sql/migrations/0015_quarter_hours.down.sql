-- All of it is derived: nothing is lost.
drop index campaign_impressions_by_time;
drop table impression_quarter_hourly;
