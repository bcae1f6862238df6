-- Takes out the impressions beyond so many a minute by one viewer: among the new ones, and among those that came through
-- the door earlier and are later by their own time. The caller holds the campaigns' streams, so no node counts past
-- another. Whoever has no more impressions than that in all is not looked at; of the others, what lies within a minute of
-- a new one. (Events of one batch may be days apart: each run of them that has no gap of a minute is looked at by itself.)
create or replace function judge_rates(fresh impression_item[]) returns void
language plpgsql
as $$
declare
  by_rate traffic_rule;
  often record;
begin
  select * into by_rate from traffic_rule where rule = 'impressions_per_minute';

  -- One by one, as they are few: in one statement the planner would look at the time of every viewer's rows first.
  for often in
    select s.c, s.viewer, s.since, s.upto
    from (
      select r.c, r.viewer, min(r.at) as since, max(r.at) as upto
      from (
        select g.c, g.viewer, g.at, count(*) filter (where g.begins) over (partition by g.c, g.viewer order by g.at, g.id) as run
        from (
          select i.c, i.id, i.at, impression_viewer(i.u, i.session) as viewer,
            lag(i.at) over (partition by i.c, impression_viewer(i.u, i.session) order by i.at, i.id)
              > i.at - interval '1 minute' is not true as begins
          from unnest(fresh) i where i.type = 'impression'
        ) g
      ) r
      group by r.c, r.viewer, r.run
    ) s
    left join campaign_viewers valid on valid.campaign_id = s.c and valid.viewer = s.viewer
    left join campaign_invalid_viewers invalid on invalid.campaign_id = s.c and invalid.viewer = s.viewer
    where coalesce(valid.impressions, 0) + coalesce(invalid.impressions, 0) > by_rate.threshold
    order by 1, 2, 3
  loop
    insert into impression_verdict as v (impression_id, class, rule, rule_version)
    select x.id, by_rate.class, by_rate.rule, by_rate.version
    from excess_impressions(often.c, often.viewer, often.since, often.upto, by_rate.threshold) x (id)
    where exists (select from impression_event e where e.impression_id = x.id)
    on conflict (impression_id) do update set class = excluded.class, rule = excluded.rule, rule_version = excluded.rule_version
    where v.rule = 'click_delay';
  end loop;
end
$$;
