-- Writes down the milestones that a campaign has passed and that nobody was told of, and tells its owner: once for each,
-- for ever, also where a count falls and grows again. The caller holds the campaign's stream.
create or replace function note_milestones(campaign bigint) returns void
language plpgsql
as $$
declare
  reached jsonb[];
begin
  with made as (
    insert into campaign_milestone (campaign_id, metric, value)
    select campaign, m.metric, m.value from milestones_of(campaign) m
    -- One that is just being deleted may be counted once more, by what goes along with it.
    where exists (select from campaign_profile p where p.id = campaign) and not exists (
      select from campaign_milestone k where k.campaign_id = campaign and k.metric = m.metric and k.value = m.value)
    on conflict do nothing
    returning metric, value
  )
  select array_agg(jsonb_build_object('campaignId', campaign, 'metric', metric, 'value', value) order by metric, value)
  into reached from made;
  if reached is null then return; end if;
  perform publish(array[advertiser_stream(campaign)],
    array_fill(advertiser_stream(campaign), array[cardinality(reached)]),
    array_fill('milestone:reached'::text, array[cardinality(reached)]), reached);
end
$$;
