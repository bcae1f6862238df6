-- Builds the projections over the rows that were there before the triggers: an adopted or upgraded database, or one that
-- was written to between a way down and the way up again. Runs last, in the transaction that installed the triggers, so no
-- row falls between. What the platform's own is_unique_impression said is kept, so that the way down can give it back.
do $$
declare
  campaign bigint;
begin
  insert into live_stream (stream) select campaign_stream(id) from campaign_profile order by 1 on conflict do nothing;
  insert into live_stream (stream, dormant)
  select advertiser_stream(id), true from campaign_profile order by 1 on conflict do nothing;
  insert into campaign_counters (campaign_id) select id from campaign_profile on conflict do nothing;
  for campaign in
    select p.id from campaign_profile p
    where exists (select from campaign_impressions i where i.campaign_id = p.id)
      or exists (select from campaign_engagement e where e.campaign_id = p.id)
    order by campaign_stream(p.id)
  loop
    insert into unique_impression_backup (impression_id, was_unique, became_unique)
    select f.id, f.stored, f.is_first
    from first_impressions(campaign) f
    where f.stored is distinct from f.is_first
    on conflict do nothing;
    perform rebuild_campaign(campaign);
  end loop;
  -- What was reached before anybody could be told is nobody's news.
  insert into campaign_milestone (campaign_id, metric, value)
  select c.campaign_id, m.metric, m.value from campaign_counters c
  join campaign_profile p on p.id = c.campaign_id, milestones_of(c.campaign_id) m
  on conflict do nothing;
  perform drop_orphaned_projections();
  perform keep_event_window(24);
  update projection_build set built_at = now();
end
$$;
