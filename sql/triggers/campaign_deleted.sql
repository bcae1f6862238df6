-- What is derived from a campaign goes with it. Its stream stays: a position in it must never mean something else.
-- At the commit, because what a cascade deletes is uncounted only after every trigger of the campaign's own statement.
create or replace function campaign_deleted() returns trigger
language plpgsql
as $$
begin
  delete from campaign_counters where campaign_id = old.id;
  delete from comment_counters where campaign_id = old.id;
  delete from campaign_viewers where campaign_id = old.id;
  delete from impression_hourly where campaign_id = old.id;
  delete from campaign_invalid_counters where campaign_id = old.id;
  delete from campaign_invalid_viewers where campaign_id = old.id;
  delete from campaign_billing where campaign_id = old.id;
  delete from impression_quarter_hourly where campaign_id = old.id;
  return null;
end
$$;

drop trigger if exists campaign_deleted on campaign_profile;
create constraint trigger campaign_deleted after delete on campaign_profile
deferrable initially deferred for each row execute function campaign_deleted();
