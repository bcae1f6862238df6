-- Impressions that were changed in place (viewable, clicked, converted, moved): each is taken out as it was and counted
-- as it is, invalid ones (impression_verdict) by themselves. Where another writer moved one to another viewer or
-- campaign, gave it an id or set its flag, is_unique_impression is put right on both sides.
create or replace function impressions_updated() returns trigger
language plpgsql
as $$
declare
  changes impression_change[];
  invalid invalid_change[];
  touched text[];
begin
  -- A closing charges hundreds of thousands at once, and nothing that is counted differs.
  if not exists (
    select from before b full join after a using (id)
    where (b.campaign_id, b.user_id, b.session_id, b.is_unique_impression, b.is_viewable, b.clicked, b.converted,
        b.cpi_rate, b.created_at, b.placement, b.audience, b.region, b.device_type)
      is distinct from (a.campaign_id, a.user_id, a.session_id, a.is_unique_impression, a.is_viewable, a.clicked,
        a.converted, a.cpi_rate, a.created_at, a.placement, a.audience, a.region, a.device_type)
  ) then
    return null;
  end if;

  -- A full join: it is never done row by row, as a plan made for one row would do it for a million. An id that changed
  -- is a row that went and one that came.
  changes := array(
    select c.change
    from (
      select id,
        case when b.campaign_id is not null then impression_change_of(-1, row(b.*)::campaign_impressions) end as was,
        case when a.campaign_id is not null then impression_change_of(1, row(a.*)::campaign_impressions) end as becomes
      from before b full join after a using (id)
    ) pair, lateral (values (pair.was), (pair.becomes)) c (change)
    where to_jsonb(pair.was) - 'sign' is distinct from to_jsonb(pair.becomes) - 'sign' and (c.change).sign is not null
      and not exists (select from impression_verdict v where v.impression_id = pair.id));
  invalid := array(
    select c.change
    from (
      select
        case when b.campaign_id is not null then invalid_change_of(-1, v.class, row(b.*)::campaign_impressions) end as was,
        case when a.campaign_id is not null then invalid_change_of(1, v.class, row(a.*)::campaign_impressions) end as becomes
      from before b full join after a using (id) join impression_verdict v on v.impression_id = id
    ) pair, lateral (values (pair.was), (pair.becomes)) c (change)
    where to_jsonb(pair.was) - 'sign' is distinct from to_jsonb(pair.becomes) - 'sign' and (c.change).sign is not null);
  if cardinality(changes) + cardinality(invalid) = 0 then return null; end if;

  touched := count_traffic(changes, invalid);
  if pg_trigger_depth() = 1 then
    perform flag_first_impressions(array_agg(c.campaign_id), array_agg(c.viewer))
    from unnest(changes) c
    where c.id in (
      select id from unnest(changes) group by id having count(*) = 1 or count(distinct row(campaign_id, viewer, is_unique)) > 1)
    having count(*) > 0;
  end if;
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists impressions_updated on campaign_impressions;
create trigger impressions_updated after update on campaign_impressions
referencing old table as before new table as after
for each statement execute function impressions_updated();
