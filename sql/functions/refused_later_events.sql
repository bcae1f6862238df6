-- The later events of a batch that can never belong to an impression, or say too little of one: what they name is an
-- event of another kind, or it is a view of a video under two seconds. One whose impression is not known yet is no such.
create or replace function refused_later_events(batch impression_item[]) returns write_answer[]
language sql
as $$
  select coalesce(array_agg(row(i.o, 0, verdict.outcome, null, null)::write_answer), '{}')
  from unnest(batch) i
  left join impression_event e on e.event_id = i."of"
  left join lateral (
    select n.c, n.placement from unnest(batch) n where e.event_id is null and n.type = 'impression' and n.event = i."of" limit 1
  ) beside on true
  left join campaign_impressions r on r.id = e.impression_id and e.type = 'impression'
  cross join lateral (
    select case
      when e.type <> 'impression' then 'unknown_impression'
      when e.event_id is null and beside.c is null
        and exists (select from unnest(batch) n where n.type <> 'impression' and n.event = i."of") then 'unknown_impression'
      when i.type = 'viewable' and i.ms < 2000 and coalesce(r.campaign_id, beside.c) is not null
        and i.ms < required_view_ms(coalesce(r.campaign_id, beside.c), coalesce(r.placement, beside.placement))
        then 'invalid_event'
    end as outcome
  ) verdict
  where i.type <> 'impression' and verdict.outcome is not null
    and not exists (select from impression_event k where k.event_id = i.event)
$$;
