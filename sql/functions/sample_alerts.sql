-- Keeps the counts of campaigns with alert rules once a minute (null: of all of them), and drops what no window reaches.
-- After more than three minutes without a sample nobody can say what happened when: windows begin anew.
create or replace function sample_alerts(campaign bigint) returns void
language sql
as $$
  with due as (
    select c.*, last.at, last.observed_since from campaign_counters c
    left join lateral (
      select s.at, s.observed_since from alert_sample s where s.campaign_id = c.campaign_id order by s.at desc limit 1
    ) last on true
    where (campaign is null or c.campaign_id = campaign)
      and c.campaign_id in (select campaign_id from alert_rule)
      and (last.at is null or last.at <= now() - interval '1 minute')
  ), gone as (
    delete from alert_sample s using due d where s.campaign_id = d.campaign_id and s.at < now() - interval '1500 minutes'
  )
  insert into alert_sample (campaign_id, at, impressions, viewable, clicks, conversions, likes, shares, comments, saves,
    bookmarks, spend, observed_since)
  select campaign_id, now(), impressions, viewable, clicks, conversions, likes, shares, comments, saves, bookmarks, spend,
    case when at > now() - interval '3 minutes' then observed_since else now() end
  from due on conflict do nothing
$$;
