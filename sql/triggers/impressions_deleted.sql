-- Impressions that went away: uncounted; a viewer who lost the first one has a new first one. One whose verdict went in the
-- same statement was invalid: verdict_gone says so, whichever of the two triggers runs first.
create or replace function impressions_deleted() returns trigger
language plpgsql
as $$
declare
  changes impression_change[];
  invalid invalid_change[];
  touched text[];
begin
  changes := array(
    select impression_change_of(-1, row(d.*)::campaign_impressions) from deleted d
    where not exists (select from impression_verdict v where v.impression_id = d.id)
      and not exists (select from verdict_gone g where g.impression_id = d.id and g.gone_in = pg_current_xact_id()));
  invalid := array(
    select invalid_change_of(-1, v.class, row(d.*)::campaign_impressions)
    from deleted d join (
      select impression_id, class from impression_verdict
      union all select impression_id, class from verdict_gone where gone_in = pg_current_xact_id()
    ) v on v.impression_id = d.id);
  delete from impression_verdict where impression_id in (select id from deleted);
  delete from verdict_gone where impression_id in (select id from deleted);
  if cardinality(changes) + cardinality(invalid) = 0 then return null; end if;

  touched := count_traffic(changes, invalid);
  -- The ids of its events stay taken, and what still comes for it finds that it is gone.
  update impression_event set gone_impression_id = impression_id, impression_id = null, impression_event_id = null
  where impression_id = any (array(select id from deleted));
  perform flag_first_impressions(
    array(select campaign_id from unnest(changes) where is_unique order by id),
    array(select viewer from unnest(changes) where is_unique order by id));
  perform publish(touched, '{}', '{}', '{}');
  return null;
end
$$;

drop trigger if exists impressions_deleted on campaign_impressions;
create trigger impressions_deleted after delete on campaign_impressions
referencing old table as deleted
for each statement execute function impressions_deleted();
