-- Distinct viewers of a campaign by traffic (valid, invalid, all), exact. Valid is constant time; the others take time in
-- proportion to the viewers with invalid impressions.
create or replace function campaign_traffic_reach(campaign bigint, of_traffic text) returns bigint
language sql stable
as $$
  select case of_traffic
    when 'invalid' then (select count(*) from campaign_invalid_viewers i where i.campaign_id = campaign)
    else coalesce((select c.reach from campaign_counters c where c.campaign_id = campaign), 0)
      + case when of_traffic = 'all' then (
          select count(*) from campaign_invalid_viewers i
          where i.campaign_id = campaign and not exists (
            select from campaign_viewers v where v.campaign_id = i.campaign_id and v.viewer = i.viewer))
        else 0 end
  end
$$;
