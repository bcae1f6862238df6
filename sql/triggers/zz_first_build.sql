-- Builds the projections once over the rows that were there before the triggers (an adopted or upgraded database).
-- Runs last, in the transaction that installed the triggers, so no row falls between.
do $$
declare
  campaign bigint;
begin
  if exists (select from projection_build where built_at is not null) then return; end if;
  insert into live_stream (stream) select campaign_stream(id) from campaign_profile order by 1 on conflict do nothing;
  insert into campaign_counters (campaign_id) select id from campaign_profile on conflict do nothing;
  for campaign in
    select p.id from campaign_profile p
    where exists (select from campaign_impressions i where i.campaign_id = p.id)
      or exists (select from campaign_engagement e where e.campaign_id = p.id)
    order by campaign_stream(p.id)
  loop
    perform recount_campaign(campaign);
  end loop;
  perform keep_event_window(24);
  update projection_build set built_at = now();
end
$$;
