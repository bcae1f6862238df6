-- Takes out impressions that were clicked before they were there or before anybody could have seen them, where both times
-- are the sender's own: of events that a server dates, those of one batch happened at once.
create or replace function judge_clicks(impressions bigint[]) returns void
language plpgsql
as $$
begin
  insert into impression_verdict (impression_id, class, rule, rule_version)
  select distinct i.impression_id, t.class, t.rule, t.version
  from impression_event c
  join impression_event i on i.event_id = c.impression_event_id and i.type = 'impression'
  join traffic_rule t on t.rule = 'click_delay'
  join campaign_impressions r on r.id = i.impression_id
  where c.impression_id = any (impressions) and c.type = 'click' and c.dated and i.dated
    and c.occurred_at - i.occurred_at < t.threshold * interval '1 ms'
  on conflict do nothing;
end
$$;
