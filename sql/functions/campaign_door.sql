-- May this campaign be engaged with? null: yes. Strangers don't learn that a campaign which is not public exists.
create or replace function campaign_door(p campaign_profile) returns text
language sql stable parallel safe
as $$
  select case
    when p.id is null then 'unknown_campaign'
    when campaign_status(p) in ('live', 'paused') then null
    when campaign_status(p) = 'ended' then 'campaign_closed'
    else 'unknown_campaign'
  end
$$;
