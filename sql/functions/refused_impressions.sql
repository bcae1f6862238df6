-- The impressions of a batch whose campaign takes none, unless their event ids are known already.
create or replace function refused_impressions(batch impression_item[]) returns write_answer[]
language sql
as $$
  select coalesce(array_agg(row(i.o, 0, shut.outcome, null, null)::write_answer), '{}')
  from (
    select k.c, case when campaign_door(p) = 'unknown_campaign' then 'unknown_campaign' else 'campaign_not_live' end as outcome
    from (select distinct c from unnest(batch) where type = 'impression') k
    left join campaign_profile p on p.id = k.c
    where campaign_door(p) is not null or campaign_status(p) <> 'live'
  ) shut
  join unnest(batch) i on i.c = shut.c and i.type = 'impression'
  where not exists (select from impression_event e where e.event_id = i.event)
$$;
