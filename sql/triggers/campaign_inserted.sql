-- A new campaign has its stream and its counters from the start.
create or replace function campaign_inserted() returns trigger
language plpgsql
as $$
begin
  perform lock_streams(array(select campaign_stream(id) from inserted order by 1));
  insert into campaign_counters (campaign_id) select id from inserted on conflict do nothing;
  return null;
end
$$;

drop trigger if exists campaign_inserted on campaign_profile;
create trigger campaign_inserted after insert on campaign_profile
referencing new table as inserted
for each statement execute function campaign_inserted();
