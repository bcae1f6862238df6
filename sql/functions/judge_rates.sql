drop function if exists judge_rates(impression_item[]);
-- Takes out the impressions beyond so many a minute by one viewer: among the new ones, and among those that came through
-- the door earlier and are later by their own time. The caller holds the campaigns' streams, so no node counts past
-- another. `often`: the viewers who have more impressions than that in all (see insert_impressions); of theirs, what lies
-- within a minute of a new one is looked at. (Events of one batch may be days apart: each run of them that has no gap of a
-- minute is looked at by itself.)
create or replace function judge_rates(fresh impression_item[], often_seen campaign_viewers[], by_rate traffic_rule) returns void
language plpgsql
as $$
declare
  often record;
begin
  if cardinality(often_seen) = 0 then return; end if;
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
          from unnest(fresh) i
          join unnest(often_seen) o on o.campaign_id = i.c and o.viewer = impression_viewer(i.u, i.session)
          where i.type = 'impression'
        ) g
      ) r
      group by r.c, r.viewer, r.run
    ) s
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
