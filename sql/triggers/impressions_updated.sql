-- Impressions that were changed in place (viewable, clicked, converted, moved): each is taken out as it was and counted
-- as it is. Invalid ones (impression_verdict) are not counted at all. Where another writer moved one to another viewer or
-- campaign, or set its flag, is_unique_impression is put right on both sides.
create or replace function impressions_updated() returns trigger
language plpgsql
as $$
declare
  changes impression_change[];
  touched text[];
begin
  changes := array(
    select c.change from (
      select impression_change_of(-1, row(b.*)::campaign_impressions) as was,
        impression_change_of(1, row(a.*)::campaign_impressions) as becomes
      from before b join after a using (id)
      where not exists (select from impression_verdict v where v.impression_id = a.id)
    ) pair, lateral (values (pair.was), (pair.becomes)) c (change)
    where to_jsonb(pair.was) - 'sign' <> to_jsonb(pair.becomes) - 'sign');
  if cardinality(changes) = 0 then return null; end if;

  touched := apply_impression_changes(changes);
  if pg_trigger_depth() = 1 then
    perform flag_first_impressions(array_agg(c.campaign_id), array_agg(c.viewer))
    from unnest(changes) c
    where c.id in (
      select id from unnest(changes) group by id having count(distinct row(campaign_id, viewer, is_unique)) > 1)
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
