-- All campaigns gone at once, and with them everything that names one. Their streams stay, as after a delete, in a new
-- epoch: whoever watched is sent to ask again, and learns that there is no such campaign.
create or replace function campaign_truncated() returns trigger
language plpgsql
as $$
declare
  touched text[] := array(select campaign_stream(campaign_id) from campaign_counters);
begin
  perform lock_streams(touched);
  delete from campaign_counters;
  delete from comment_counters;
  delete from campaign_viewers;
  delete from impression_hourly;
  delete from impression_quarter_hourly;
  delete from campaign_invalid_counters;
  delete from campaign_invalid_viewers;
  delete from campaign_billing;
  perform begin_epoch(touched || array(select 'advertiser:' || substr(t, 10) from unnest(touched) t));
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists campaign_truncated on campaign_profile;
create trigger campaign_truncated after truncate on campaign_profile
for each statement execute function campaign_truncated();
