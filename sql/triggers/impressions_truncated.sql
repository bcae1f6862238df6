-- All impressions gone at once: uncounted. Verdicts and event ids were truncated along, and so was all engagement, whose
-- rows may name an impression; engagement_truncated does the rest. What was charged is credited; which impressions that
-- were is forgotten, as their ids may begin anew.
create or replace function impressions_truncated() returns trigger
language plpgsql
as $$
declare
  touched text[] := array(
    select campaign_stream(campaign_id) from campaign_counters
    where (impressions, viewable, clicks, conversions, reach, spend) <> (0, 0, 0, 0, 0, 0)
    union select campaign_stream(campaign_id) from campaign_invalid_counters);
begin
  if exists (select from invoice_impression) then
    perform lock_billing(array(
      select substr(stream, 10)::bigint from unnest(touched) stream
      union select campaign_id from invoice_impression order by 1));
    perform credit_impressions(array(select impression_id from invoice_impression order by 1), 'deleted impressions');
  end if;
  delete from invoice_credit;
  delete from invoice_release;
  perform lock_streams(touched);
  update campaign_counters c
  set version = s.version + 1, impressions = 0, viewable = 0, clicks = 0, conversions = 0, reach = 0, spend = 0
  from live_stream s where s.stream = any (touched) and s.stream = campaign_stream(c.campaign_id);
  delete from campaign_viewers;
  delete from impression_hourly;
  delete from campaign_invalid_counters;
  delete from campaign_invalid_viewers;
  truncate impression_event; -- the ids of impressions may begin anew
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists impressions_truncated on campaign_impressions;
create trigger impressions_truncated after truncate on campaign_impressions
for each statement execute function impressions_truncated();
