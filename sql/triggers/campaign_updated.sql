-- A campaign whose public face changed (its counters apart) is announced to its watchers. What only its owner sees (the
-- budget, the plan) moves the metrics, and a new owner is told to the old one's sockets, which then lose the stream.
create or replace function campaign_updated() returns trigger
language plpgsql
as $$
declare
  changed bigint[];
  touched text[];
  private text[];
  handed bigint[];
begin
  private := array(
    select advertiser_stream(a.id) from before b join after a using (id)
    where (b.campaign_budget, b.cpi_rate, b.total_impressions_planned, b.start_date, b.launched_at, b.ended_at)
      is distinct from (a.campaign_budget, a.cpi_rate, a.total_impressions_planned, a.start_date, a.launched_at, a.ended_at)
    order by a.id);
  handed := array(
    select a.id from before b join after a using (id) where b.advertiser_id is distinct from a.advertiser_id order by a.id);
  changed := array(
    select a.id from before b join after a using (id)
    where campaign_document(row(b.*)::campaign_profile) <> campaign_document(row(a.*)::campaign_profile)
    order by a.id);
  if cardinality(changed) + cardinality(private) = 0 then return null; end if;

  touched := array(select campaign_stream(id) from unnest(changed) id order by 1);
  perform lock_streams(guards_of(touched || private));
  perform publish(touched || private,
    array(select campaign_stream(id) from unnest(changed) id order by id)
      || array(select advertiser_stream(id) from unnest(handed) id order by id),
    array(select 'campaign:updated'::text from unnest(changed || handed) id),
    array(select campaign_document(p) from campaign_profile p where p.id = any (changed) order by p.id)
      || array(select campaign_document(p) from campaign_profile p where p.id = any (handed) order by p.id));
  return null;
end
$$;

drop trigger if exists campaign_updated on campaign_profile;
create trigger campaign_updated after update on campaign_profile
referencing old table as before new table as after
for each statement execute function campaign_updated();
