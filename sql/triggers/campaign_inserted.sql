-- A new campaign has its streams and its counters from the start. One that takes the id of another goes on with its
-- stream, whose version never falls.
create or replace function campaign_inserted() returns trigger
language plpgsql
as $$
begin
  perform lock_streams(array(select campaign_stream(id) from inserted order by 1));
  insert into live_stream (stream, dormant)
  select advertiser_stream(id), true from inserted order by 1 on conflict do nothing;
  insert into campaign_counters (campaign_id, version)
  select i.id, s.version from inserted i join live_stream s on s.stream = campaign_stream(i.id)
  on conflict do nothing;
  return null;
end
$$;

drop trigger if exists campaign_inserted on campaign_profile;
create trigger campaign_inserted after insert on campaign_profile
referencing new table as inserted
for each statement execute function campaign_inserted();
