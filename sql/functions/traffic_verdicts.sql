-- What the rules of now say of a campaign's rows, whoever wrote them: the impressions that are invalid, and why. Where
-- several rules agree, the first of: crawler, rate, click. Slow in proportion to the campaign's rows.
--   crawlers: the user agents of this campaign that are crawlers', by version `list` of the list of crawlers
create or replace function traffic_verdicts(campaign bigint, crawlers text[], list integer)
returns table (impression_id bigint, class text, rule text, rule_version integer)
language sql stable
as $$
  select distinct on (found.id) found.id, found.class, found.rule, found.version
  from (
    select i.id, 'crawler' as class, 'user_agent' as rule, list as version, 1 as place
    from campaign_impressions i where i.campaign_id = campaign and i.user_agent = any (crawlers)
    union all
    select x.id, t.class, t.rule, t.version, 2
    from traffic_rule t
    cross join lateral (
      select s.viewer from (
        select v.viewer, v.impressions from campaign_viewers v where v.campaign_id = campaign
        union all
        select v.viewer, v.impressions from campaign_invalid_viewers v where v.campaign_id = campaign
      ) s group by s.viewer having sum(s.impressions) > t.threshold
    ) often
    cross join lateral excess_impressions(campaign, often.viewer, '-infinity', 'infinity', t.threshold) x (id)
    where t.rule = 'impressions_per_minute'
    union all
    select i.impression_id, t.class, t.rule, t.version, 3
    from traffic_rule t
    join impression_event c on c.type = 'click' and c.dated and c.impression_id is not null
    join impression_event i on i.event_id = c.impression_event_id and i.type = 'impression' and i.dated
    join campaign_impressions r on r.id = i.impression_id and r.campaign_id = campaign
    where t.rule = 'click_delay' and c.occurred_at - i.occurred_at < t.threshold * interval '1 ms'
  ) found
  order by found.id, found.place
$$;
