-- Keeps the counts of campaigns with alert rules once a minute (null: of all of them), and drops what no window reaches.
create or replace function sample_alerts(campaign bigint) returns void
language sql
as $$
  with due as (
    select c.* from campaign_counters c
    where (campaign is null or c.campaign_id = campaign)
      and c.campaign_id in (select campaign_id from alert_rule)
      and not exists (
        select from alert_sample s where s.campaign_id = c.campaign_id and s.at > now() - interval '1 minute')
  ), gone as (
    delete from alert_sample s using due d where s.campaign_id = d.campaign_id and s.at < now() - interval '1500 minutes'
  )
  insert into alert_sample
  select campaign_id, now(), impressions, viewable, clicks, conversions, likes, shares, comments, saves, bookmarks, spend
  from due on conflict do nothing
$$;
