-- How many of the milestones of plan and budget (see milestones_of) a campaign has passed with so many impressions.
create or replace function share_of(p campaign_profile, impressions bigint) returns integer
language plpgsql immutable
as $$
declare
  planned numeric := impressions * 100.0;
  spent numeric := impressions * coalesce(p.cpi_rate, 0) * 100;
begin
  return case when p.total_impressions_planned > 0 then (planned >= p.total_impressions_planned::numeric * 10)::integer
      + (planned >= p.total_impressions_planned::numeric * 50)::integer
      + (planned >= p.total_impressions_planned::numeric * 100)::integer else 0 end
    + case when p.campaign_budget > 0 then (spent >= p.campaign_budget * 10)::integer
      + (spent >= p.campaign_budget * 50)::integer + (spent >= p.campaign_budget * 100)::integer else 0 end;
end
$$;
