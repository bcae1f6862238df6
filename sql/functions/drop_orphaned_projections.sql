-- Projections of campaigns that are not there any more.
create or replace function drop_orphaned_projections() returns void
language plpgsql
as $$
begin
  delete from campaign_counters c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from comment_counters c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from campaign_viewers c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from campaign_invalid_counters c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from campaign_invalid_viewers c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from campaign_billing c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from impression_hourly c where not exists (select from campaign_profile p where p.id = c.campaign_id);
  delete from impression_quarter_hourly c where not exists (select from campaign_profile p where p.id = c.campaign_id);
end
$$;
