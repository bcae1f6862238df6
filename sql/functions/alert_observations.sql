-- What each alert rule looks at, now: null while it can't be said (no impressions, a window that has not gone by, or in
-- which nobody looked: the server was down).
--   a count: how much it grew within the window; a rate: the quotient of two growths; budgetUsed: percent, so far
--   flags: those of the window, by their own times; timesUsual: how many times the usual (usual_flags) that is
--   a count that is above its threshold is so before the window is over; everything else needs a whole window that was
--   observed. Flags above a number need none, as nothing is missing of them.
create or replace function alert_observations() returns table (rule_id bigint, observed numeric)
language sql stable
as $$
  select r.id, case
      when r.metric = 'budgetUsed' then round(c.impressions * coalesce(p.cpi_rate, 0) * 100 / nullif(p.campaign_budget, 0), 6)
      when r.comparison = 'times_usual' and f.flags < r.threshold then 0 -- as the usual is one at least
      when r.comparison = 'times_usual' then round(f.flags / usual_flags(r.campaign_id, r.window_minutes), 6)
      when r.metric = 'flags' then case when r.comparison = 'above' or s.at <= w.begins then f.flags end
      when s.at is null or s.at > w.begins and not (r.comparison = 'above' and g.growth is not null) then null
      else coalesce(g.growth, round(g.numerator / nullif(g.denominator, 0), 6))
    end
  from alert_rule r
  join campaign_profile p on p.id = r.campaign_id
  join campaign_counters c on c.campaign_id = r.campaign_id
  cross join lateral (select now() - make_interval(mins => r.window_minutes) as begins) w
  left join lateral (
    select a.observed_since from alert_sample a where a.campaign_id = r.campaign_id order by a.at desc limit 1
  ) run on true
  -- The sample at the window's start; where nobody looked then, the first one since.
  left join lateral (
    select * from (
      (select * from alert_sample a
        where a.campaign_id = r.campaign_id and a.at <= w.begins and a.at >= run.observed_since
        order by a.at desc limit 1)
      union all
      (select * from alert_sample a
        where a.campaign_id = r.campaign_id and a.at > w.begins and a.at >= run.observed_since order by a.at limit 1)
    ) either
    order by either.at limit 1
  ) s on true
  cross join lateral (
    select case when r.metric = 'flags' then flag_count(r.campaign_id, w.begins, 'infinity')::numeric end as flags
  ) f
  cross join lateral (
    select case r.metric
        when 'impressions' then c.impressions - s.impressions when 'viewable' then c.viewable - s.viewable
        when 'clicks' then c.clicks - s.clicks when 'conversions' then c.conversions - s.conversions
        when 'likes' then c.likes - s.likes when 'shares' then c.shares - s.shares
        when 'comments' then c.comments - s.comments when 'saves' then c.saves - s.saves
        when 'bookmarks' then c.bookmarks - s.bookmarks when 'spend' then c.spend - s.spend
      end::numeric as growth,
      case r.metric
        when 'viewabilityRate' then c.viewable - s.viewable when 'clickThroughRate' then c.clicks - s.clicks
        when 'conversionRate' then c.conversions - s.conversions
        when 'engagementRate' then c.likes + c.shares + c.comments + c.saves + c.bookmarks
          - s.likes - s.shares - s.comments - s.saves - s.bookmarks
      end::numeric as numerator,
      case r.metric when 'conversionRate' then c.clicks - s.clicks else c.impressions - s.impressions end::numeric as denominator
  ) g
$$;
