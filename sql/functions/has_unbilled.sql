-- Has a campaign at least so many valid impressions that stand on no invoice?
create or replace function has_unbilled(campaign bigint, so_many bigint) returns boolean
language plpgsql set plan_cache_mode = force_custom_plan
as $$
begin
  return so_many <= (
    select count(*) from (
      select from campaign_impressions r
      where r.campaign_id = campaign and not r.charged
        and not exists (select from impression_verdict v where v.impression_id = r.id)
      limit so_many
    ) enough);
end
$$;
