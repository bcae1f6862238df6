-- A campaign whose public face changed (its counters apart) is announced to its watchers.
create or replace function campaign_updated() returns trigger
language plpgsql
as $$
declare
  changed bigint[];
  touched text[];
begin
  changed := array(
    select a.id from before b join after a using (id)
    where campaign_document(row(b.*)::campaign_profile) <> campaign_document(row(a.*)::campaign_profile)
    order by a.id);
  if cardinality(changed) = 0 then return null; end if;

  touched := array(select campaign_stream(id) from unnest(changed) id order by 1);
  perform lock_streams(touched);
  perform publish(touched,
    array(select campaign_stream(id) from unnest(changed) id order by id),
    array(select 'campaign:updated'::text from unnest(changed) id),
    array(select campaign_document(p) from campaign_profile p where p.id = any (changed) order by p.id));
  return null;
end
$$;

drop trigger if exists campaign_updated on campaign_profile;
create trigger campaign_updated after update on campaign_profile
referencing old table as before new table as after
for each statement execute function campaign_updated();
