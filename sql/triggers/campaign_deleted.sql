-- What is derived from a campaign goes with it. Its stream stays: a position in it must never mean something else.
create or replace function campaign_deleted() returns trigger
language plpgsql
as $$
begin
  delete from campaign_counters where campaign_id in (select id from deleted);
  delete from comment_counters where campaign_id in (select id from deleted);
  delete from campaign_viewers where campaign_id in (select id from deleted);
  delete from impression_hourly where campaign_id in (select id from deleted);
  return null;
end
$$;

drop trigger if exists campaign_deleted on campaign_profile;
create trigger campaign_deleted after delete on campaign_profile
referencing old table as deleted
for each statement execute function campaign_deleted();
